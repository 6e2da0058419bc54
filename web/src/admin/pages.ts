// A long list that is read backwards, a page at a time: the address names where a page begins, so it may be sent to a colleague, and only so many rows are in the document.
import { computed, shallowRef, watch } from 'vue'
import { get } from '../api'
import { useAddress } from './address'

export const PAGE = 100
const GOES_ON = 20 // times
export interface Positioned {
  position: number
}
interface Listed<T> {
  items: T[]
  size?: number
  next: string | null
}

// The number that a next page begins before; '' = there is none.
export function beforeOf(next: string | null): string {
  return next ? (new URLSearchParams(next.slice(next.indexOf('?'))).get('before') ?? '') : ''
}

// The address that is asked: filters that are '' are left out.
export function queryOf(filters: Record<string, string>, before: string): string {
  const query = new URLSearchParams({ limit: String(PAGE) })
  for (const [name, value] of Object.entries({ ...filters, before })) if (value !== '') query.set(name, value)
  return query.toString()
}

// `usual` is what counts where the address says nothing.
export function usePages<T extends Positioned>(path: string, names: string[], usual: Record<string, string> = {}) {
  const { param, go } = useAddress()
  const list = shallowRef<Listed<T> | null>(null)
  const problem = shallowRef<unknown>(null)
  const filters = computed(() => Object.fromEntries(names.map((name) => [name, param(name) || (usual[name] ?? '')])))
  const before = computed(() => (/^\d{1,15}$/.test(param('before')) ? param('before') : ''))
  const asked = computed(() => `${path}?${queryOf(filters.value, before.value)}`)
  const isFiltered = computed(() => names.some((name) => param(name) !== ''))
  // Pages that were gone through on the way here, so that one can go back to the newer ones.
  let trail: string[] = []
  let reading: AbortController | null = null

  async function read(): Promise<void> {
    reading?.abort()
    const mine = new AbortController()
    reading = mine
    problem.value = null
    try {
      let told = await get<Listed<T>>(asked.value, mine.signal)
      // A request looks through so many records only: where none of them was meant, it goes on.
      for (let i = 0; i < GOES_ON && told.items.length === 0 && told.next && !mine.signal.aborted; i++) told = await get<Listed<T>>(told.next.replace(/^\/api\/v1/, ''), mine.signal)
      if (!mine.signal.aborted) list.value = told
    } catch (error) {
      if (!mine.signal.aborted) problem.value = error
    }
  }
  watch(asked, () => {
    list.value = null
    void read()
  }, { immediate: true })

  const older = computed(() => beforeOf(list.value?.next ?? null))
  function goOlder(): void {
    trail.push(before.value)
    go({ before: older.value })
  }
  function goNewer(): void {
    go({ before: trail.pop() ?? '' })
  }
  function choose(change: Record<string, string>): void {
    trail = []
    go({ before: '', ...change })
  }
  function clear(): void {
    choose(Object.fromEntries(names.map((name) => [name, ''])))
  }
  return { list, problem, filters, before, isFiltered, older, read, goOlder, goNewer, choose, clear }
}
