// Results as they change, and notices as they come: heard over the stream that all tabs share (stream.ts). See docs/http.md, "Watching".
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { ResultEvent } from './api'
import { listen, type Ear } from './stream'
import { MOST_TABLES } from './stream-plan'
import { useSession } from './state/session'

export type Standing = Map<string, { rank: number | null; score: number | null }>

// Who is signed in, in this session: tabs of another one share nothing with these.
function useWho(): () => string {
  const session = useSession()
  return () => (session.session ? `${session.session.person} ${session.session.begun}` : '')
}

export function useResults(assessment: Ref<string>, periods: Ref<string[]>, heard: (event: ResultEvent) => void, reload: () => void) {
  const standings = shallowRef(new Map<string, Standing>()) // by period
  const isOpen = ref(false)
  const wasOpen = ref(false)
  const seen = ref<Date | null>(null)
  const who = useWho()
  let end: (() => void) | null = null

  function take(event: ResultEvent): void {
    const standing: Standing = new Map(event.units.map(([unit, rank, score]) => [unit, { rank, score }]))
    standings.value = new Map(standings.value).set(event.period, standing)
    seen.value = new Date()
    heard(event)
  }
  function close(): void {
    end?.()
    end = null
    isOpen.value = false
  }
  function open(): void {
    close()
    const tables = periods.value.slice(-MOST_TABLES).map((period) => `${assessment.value}/${period}`)
    if (!assessment.value || tables.length === 0 || !who()) return
    const ear: Ear = {
      tables,
      notices: false,
      heard: (name, data) => (name === 'reload' ? reload() : take(JSON.parse(data) as ResultEvent)),
      opened: (value) => {
        isOpen.value = value
        wasOpen.value ||= value
      },
    }
    end = listen(who(), ear)
  }
  watch(
    [assessment, () => periods.value.join(','), who],
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

// Calls `fresh` when there may be a notice that was not there before: one has come, or the stream begins, which tells of none from before.
export function useNews(fresh: () => void): void {
  const who = useWho()
  let end: (() => void) | null = null
  let isOpen = false
  const opened = (value: boolean): void => {
    if (value && !isOpen) fresh()
    isOpen = value
  }
  watch(
    who,
    (name) => {
      end?.()
      end = name ? listen(name, { tables: [], notices: true, heard: fresh, opened }) : null
    },
    { immediate: true },
  )
  onScopeDispose(() => end?.())
}
