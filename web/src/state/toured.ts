// Which tours were offered in this browser: by digests that tell nothing of whom, under a number of the browser's own.
import { useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { sidesOf } from '../roles'
import { useSession } from './session'

// FNV-1a: a short name of a text, not a secret.
export function shortName(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}
const MOST = 200 // of a shared computer

export const useToured = defineStore('toured', () => {
  const session = useSession()
  const route = useRoute()
  const router = useRouter()
  const kept = useLocalStorage<{ salt: string; seen: string[] }>('baton.tours', { salt: '', seen: [] })
  const first = computed(() => sidesOf(session.roles)[0]?.name ?? 'account')
  const mine = computed(() => shortName(`${kept.value.salt} ${session.session?.person ?? ''} ${first.value}`))
  const isOffered = computed(() => session.roles.length > 0 && route.name === first.value && route.query.tour === undefined && !(kept.value.salt && kept.value.seen.includes(mine.value)))
  const isOpen = computed(() => session.session !== null && route.name === first.value && route.query.tour === '1')

  function decline(): void {
    if (!kept.value.salt) kept.value = { salt: shortName(String(Math.random())), seen: [] }
    if (!kept.value.seen.includes(mine.value)) kept.value = { ...kept.value, seen: [...kept.value.seen, mine.value].slice(-MOST) }
  }
  function begin(): void {
    decline()
    const { a, period } = route.query
    void router.push({ name: first.value, query: route.name === first.value ? { ...route.query, tour: '1' } : { ...(a ? { a } : {}), ...(period ? { period } : {}), tour: '1' } })
  }
  function end(): void {
    const { tour: _, ...rest } = route.query
    void router.replace({ query: rest })
  }
  return { isOffered, isOpen, begin, decline, end }
})
