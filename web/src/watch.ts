// Results as they change: one stream of server-sent events over all periods that a page shows. See docs/http.md, "Watching".
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { ResultEvent } from './api'

export type Standing = Map<string, { rank: number | null; score: number | null }>

const MOST = 32 // results of a stream
const AGAIN_MS = 3000

export function useResults(assessment: Ref<string>, periods: Ref<string[]>, heard: (event: ResultEvent) => void, reload: () => void) {
  const standings = shallowRef(new Map<string, Standing>()) // by period
  const isOpen = ref(false)
  const wasOpen = ref(false)
  const seen = ref<Date | null>(null)
  let source: EventSource | null = null
  let again: ReturnType<typeof setTimeout> | undefined

  function take(event: ResultEvent): void {
    const standing: Standing = new Map(event.units.map(([unit, rank, score]) => [unit, { rank, score }]))
    standings.value = new Map(standings.value).set(event.period, standing)
    seen.value = new Date()
    heard(event)
  }

  function close(): void {
    clearTimeout(again)
    source?.close()
    source = null
    isOpen.value = false
  }

  function open(): void {
    close()
    const tables = periods.value.slice(-MOST).map((period) => encodeURIComponent(`${assessment.value}/${period}`))
    if (!assessment.value || tables.length === 0) return
    const mine = new EventSource(`/api/v1/events?tables=${tables.join(',')}`)
    source = mine
    mine.onopen = () => {
      isOpen.value = wasOpen.value = true
    }
    mine.onerror = () => {
      isOpen.value = false
      // A browser comes again by itself, but not after an answer that was an error.
      if (mine.readyState === EventSource.CLOSED && source === mine) again = setTimeout(open, AGAIN_MS)
    }
    mine.addEventListener('result', (event) => take(JSON.parse((event as MessageEvent).data)))
    mine.addEventListener('reload', reload)
    mine.addEventListener('end', () => {
      isOpen.value = false
    })
  }

  watch(
    [assessment, () => periods.value.join(',')],
    () => {
      standings.value = new Map()
      wasOpen.value = false
      open()
    },
    { immediate: true },
  )
  onScopeDispose(close)
  return { standings, isOpen, wasOpen, seen }
}
