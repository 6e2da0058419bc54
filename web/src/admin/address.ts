// What is chosen on a page of the administration stands in its address: whoever goes back has what was there before.
import { useRoute, useRouter } from 'vue-router'

export function useAddress() {
  const route = useRoute()
  const router = useRouter()
  function param(name: string): string {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }
  // What is '' is left out.
  function go(change: Record<string, string>): void {
    const query: Record<string, string> = {}
    for (const [name, value] of Object.entries({ ...route.query, ...change })) if (typeof value === 'string' && value !== '') query[name] = value
    void router.push({ query })
  }
  return { param, go }
}
