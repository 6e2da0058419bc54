// The figures of a unit in a period while they are filled in: read, typed, checked, kept by the browser, sent as drafts.
import { useDebounceFn, useEventListener, useIntervalFn } from '@vueuse/core'
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { getAll, newKey, Problem, send, type CheckFinding, type ExpectedFigure, type Stored } from '../api'
import type { Keeper } from '../kept'
import { useKeeping } from '../state/keeping'
import { faultOf, isChanged, isEmpty, isSame, itemOf, keptOf, laidOver, overTheirs, rowOf, takeTheirs, type Entry, type Kept, type Row } from './figures'
import { Saving, type Saved } from './saving'
import { History } from './sheet'

const SAVE_MS = 900
const CHECK_MS = 450
const KEEP_MS = 150
const AGAIN_MS = 4000

export interface Place {
  assessment: string
  period: string
  reporter: string
}

export function useFill(place: Ref<Place | null>, me: Ref<string>) {
  const keeping = useKeeping()
  const rows = shallowRef<Row[] | null>(null)
  const problem = shallowRef<unknown>(null)
  const saved = ref<Saved>('saved')
  const savedAt = ref<Date | null>(null)
  const said = shallowRef<Problem | null>(null) // what the server said of the whole
  const restored = ref(0) // entries that came back
  const isLasting = ref(true)
  const history = new History<Entry>()
  const steps = ref(0) // of the history, so that buttons follow it
  let typing = ''
  let keeper: Keeper | null = null
  let reading = 0
  let saving: Saving | null = null
  let isBusy = false

  const base = (at: Place): string => `/assessments/${encodeURIComponent(at.assessment)}`
  const pathOf = (at: Place): string => `${base(at)}/expected/${at.period}?reporter=${encodeURIComponent(at.reporter)}&checks=1&beside=1&limit=1000`
  const nameOf = (at: Place): string => `fill ${at.assessment} ${at.period} ${at.reporter}`

  // Keeping: at once while one types, and nothing once all is with the server.
  const keepSoon = useDebounceFn(() => void keep(), KEEP_MS, { maxWait: 400 })
  async function keep(at: Place | null = place.value): Promise<void> {
    if (!keeper || !at || rows.value === null) return
    const kept = keptOf(rows.value)
    await keeper.write(nameOf(at), kept.length > 0 ? kept : null).catch(() => (isLasting.value = false))
  }

  async function read(): Promise<void> {
    const at = place.value
    if (!at) return
    const mine = ++reading
    problem.value = null
    try {
      const fresh = (await getAll<ExpectedFigure>(pathOf(at))).map(rowOf)
      const here = rows.value ? keptOf(rows.value) : null
      keeper = await keeping.keeper()
      isLasting.value = keeper.isLasting
      const kept = here ?? (((await keeper.read(nameOf(at)).catch(() => null)) as Kept[] | null) ?? [])
      if (mine !== reading) return
      const laid = laidOver(fresh, kept)
      rows.value = laid
      if (!here) restored.value = laid.filter(isChanged).length
      touched()
    } catch (error) {
      if (mine === reading) problem.value = error
    }
  }

  function touched(): void {
    keepSoon()
    if (!rows.value?.some(isChanged)) {
      if (saved.value !== 'saving') saved.value = 'saved'
      return
    }
    if (saved.value === 'saved') saved.value = 'waiting'
    saveSoon()
    checkSoon()
  }

  // Entries by key; one step that can be taken back.
  function set(changes: Map<string, Entry>, isStep = true): void {
    if (!rows.value) return
    const done = rows.value.filter((row) => changes.has(row.key) && row.isOpen && !isSame(row.mine, changes.get(row.key)!))
    if (done.length === 0) return
    if (isStep) history.add(done.map((row) => ({ key: row.key, before: row.mine, after: changes.get(row.key)! })))
    steps.value++
    const keys = new Set(done.map((row) => row.key))
    rows.value = rows.value.map((row) => (keys.has(row.key) ? { ...row, mine: changes.get(row.key)!, fault: '' } : row))
    touched()
  }
  // While a cell is typed in: shown, checked and kept, and sent when the cell is left.
  function type(key: string, entry: Entry): void {
    typing = key
    set(new Map([[key, entry]]), false)
  }
  function typed(key: string, before: Entry, after: Entry): void {
    typing = ''
    if (!isSame(before, after)) history.add([{ key, before, after }])
    set(new Map([[key, after]]), false)
    steps.value++
    touched()
  }
  function back(isUndo: boolean): string | undefined {
    const changes = isUndo ? history.undo() : history.redo()
    set(new Map(changes.map((one) => [one.key, one.after])), false)
    steps.value++
    return changes[0]?.key
  }

  // Checks of all that has a figure, for one is judged with the others.
  let checking = 0
  const checkSoon = useDebounceFn(() => void check(), CHECK_MS)
  async function check(): Promise<void> {
    const at = place.value
    const asked = (rows.value ?? []).filter((row) => row.isOpen && !row.theirs && !isEmpty(row.mine) && faultOf(row) === '')
    if (!at || asked.length === 0) return
    const mine = ++checking
    const judged = new Map(asked.map((row) => [row.key, row.mine]))
    const items = asked.map((row) => {
      const { unit, element, value, state, note } = itemOf(row)
      return { unit, element, value, state, note }
    })
    try {
      const { checks } = await send<{ checks: CheckFinding[] }>('POST', `${base(at)}/checks/${at.period}`, { items })
      if (mine !== checking || !rows.value) return
      const of = new Map<string, CheckFinding[]>()
      for (const one of checks) {
        const key = `${one.unit} ${one.element}`
        of.set(key, [...(of.get(key) ?? []), one])
      }
      rows.value = rows.value.map((row) => {
        const entry = judged.get(row.key)
        return entry && isSame(entry, row.mine) ? { ...row, checks: of.get(row.key) ?? [], judged: entry } : row
      })
    } catch {
      // What cannot be checked now is checked when it is drafted, and again when it is signed off.
    }
  }

  const saveSoon = useDebounceFn(() => void save(), SAVE_MS)
  async function save(): Promise<void> {
    if (isBusy || !saving) return
    isBusy = true
    const was = saving
    if (rows.value?.some(isChanged)) saved.value = 'saving'
    try {
      await was.save(typing)
      said.value = null
      saved.value = was.isOwing ? 'waiting' : 'saved'
      savedAt.value = new Date()
    } catch (error) {
      const told = error instanceof Problem ? error : new Problem(-1, '', String(error))
      saved.value = told.status === 0 || told.status === 429 || told.status >= 500 ? 'offline' : 'failed'
      if (saved.value === 'failed') said.value = told
    } finally {
      isBusy = false
      void keep()
    }
  }
  // Whoever lost the server tries again, and at once when the network is back.
  useIntervalFn(() => {
    if (saved.value === 'offline') void save()
  }, AGAIN_MS)
  useEventListener(window, 'online', () => void save())
  useEventListener(document, 'visibilitychange', () => void keep())
  useEventListener(window, 'beforeunload', (event: BeforeUnloadEvent) => {
    if (!isLasting.value && rows.value?.some(isChanged)) event.preventDefault()
  })

  // A step with figures that are not typed any more: signed off, submitted, taken back.
  async function act(what: 'sign' | 'submit' | 'recall', which: Row[]): Promise<void> {
    const at = place.value
    if (!at) return
    await save()
    const items = which.map((row) => ({ unit: row.unit, element: row.element, at: rows.value?.find((one) => one.key === row.key)?.at ?? row.at }))
    await send<Stored>('POST', `${base(at)}/collection/${at.period}`, { act: what, items }, newKey())
    await read()
  }

  function settle(key: string, isMine: boolean): void {
    if (!rows.value) return
    rows.value = rows.value.map((row) => (row.key === key ? (isMine ? overTheirs(row) : takeTheirs(row)) : row))
    history.clear()
    touched()
  }

  watch(
    place,
    (at, before) => {
      if (before && at && before.assessment === at.assessment && before.period === at.period && before.reporter === at.reporter) return
      if (before) void keep(before)
      rows.value = null
      saving = null
      history.clear()
      restored.value = 0
      saved.value = 'saved'
      savedAt.value = null
      said.value = null
      if (!at) return
      const here = { ...at }
      saving = new Saving(
        {
          draft: (items, key) => send<Stored>('POST', `${base(here)}/collection/${here.period}`, { act: 'draft', items }, key),
          read: () => getAll<ExpectedFigure>(pathOf(here)),
        },
        () => rows.value ?? [],
        (next) => (rows.value = next),
        me.value,
      )
      void read()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    void keep()
    reading++
  })

  return { rows, problem, saved, savedAt, said, restored, isLasting, steps, canUndo: computed(() => steps.value >= 0 && history.canUndo), canRedo: computed(() => steps.value >= 0 && history.canRedo), read, set, type, typed, back, save, act, settle }
}
