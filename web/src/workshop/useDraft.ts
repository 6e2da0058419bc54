// A draft on a page: the scheme that is in force under it, its steps, keeping it with the server, the check of each state.
import { computed, onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import { get, getArchive, Problem, send } from '../api'
import { useSettings } from '../state/settings'
import type { Checked } from './findings'
import { folderOf, layOver, pack, packTexts, textOfBytes, textsOf, unpack, type Files } from './pack'
import { schemeOf, type Scheme, type Texts } from './scheme'
import type { Unit } from './sums'
import { cellOf, tableOf } from './table'

export interface DraftItem {
  id: string
  name: string
  revision: number
  size: number
  saved: string
  saved_by: string
  saved_by_name: string
  made: string
  made_by: string
  made_by_name: string
}
export interface DraftList {
  items: DraftItem[]
  most: number
  size_most: number
}
interface Base {
  files: Files
  folder: string
  scheme: Scheme
  units: Unit[]
  targeted: Set<string> // indicators that targets name
}
export type Keeping = 'kept' | 'changed' | 'keeping' | 'failed' | 'meanwhile'

const KEEP_MS = 1500
const CHECK_MS = 900
const STEPS_MOST = 200

export function useDraft(assessment: Ref<string>) {
  const settings = useSettings()
  const base = shallowRef<Base | null>(null)
  const scheme = shallowRef<Scheme | null>(null)
  const item = shallowRef<DraftItem | null>(null)
  const theirs = shallowRef<{ item: DraftItem; scheme: Scheme } | null>(null)
  const keeping = ref<Keeping>('kept')
  const keepProblem = shallowRef<Problem | null>(null)
  const problem = shallowRef<unknown>(null)
  const isLoading = ref(false)
  const checked = shallowRef<Checked | null>(null)
  const checkProblem = shallowRef<Problem | null>(null)
  const isChecking = ref(false)
  const past = shallowRef<Scheme[]>([])
  const future = shallowRef<Scheme[]>([])
  const at = computed(() => `/assessments/${encodeURIComponent(assessment.value)}`)
  let kept: Texts = {} // what the server has

  async function readBase(): Promise<Base> {
    const files = unpack((await getArchive(`${at.value}/export`)).bytes)
    const folder = folderOf(files, assessment.value) ?? ''
    const units = tableOf(textOfBytes(files[`${folder}units.csv`] ?? new Uint8Array()))
    const targets = tableOf(textOfBytes(files[`${folder}targets.csv`] ?? new Uint8Array()))
    return {
      files,
      folder,
      scheme: schemeOf(textsOf(files, folder)),
      units: units.rows.map((row) => ({ id: cellOf(units, row, 'id').trim(), name: cellOf(units, row, settings.language === 'en' ? 'name_en' : 'name') || cellOf(units, row, 'name'), group: cellOf(units, row, 'group').trim() })).filter((unit) => unit.id !== ''),
      targeted: new Set(targets.rows.map((row) => cellOf(targets, row, 'indicator').trim())),
    }
  }
  const itemOf = async (id: string): Promise<DraftItem | undefined> => (await get<DraftList>(`${at.value}/drafts`)).items.find((one) => one.id === id)
  async function readDraft(one: DraftItem): Promise<{ item: DraftItem; scheme: Scheme }> {
    const { bytes, revision } = await getArchive(`${at.value}/drafts/${one.id}`)
    const files = unpack(bytes)
    return { item: { ...one, revision: revision || one.revision }, scheme: schemeOf(textsOf(files, folderOf(files, assessment.value, true) ?? '')) }
  }
  function take(of: { item: DraftItem; scheme: Scheme }): void {
    item.value = of.item
    scheme.value = of.scheme
    kept = of.scheme.texts
    past.value = future.value = []
    theirs.value = null
    keeping.value = 'kept'
    keepProblem.value = null
    checkSoon(0)
  }
  async function open(id: string): Promise<void> {
    close()
    isLoading.value = true
    const mine = ++opened
    try {
      const [under, one] = await Promise.all([readBase(), itemOf(id)])
      if (!one) throw new Problem(404, 'DRAFT_UNKNOWN', '')
      const of = await readDraft(one)
      if (mine !== opened) return
      base.value = under
      take(of)
    } catch (error) {
      if (mine === opened) problem.value = error
    } finally {
      if (mine === opened) isLoading.value = false
    }
  }
  let opened = 0
  function close(): void {
    opened++
    clearTimeout(keepTimer)
    clearTimeout(checkTimer)
    base.value = scheme.value = item.value = theirs.value = checked.value = null
    problem.value = keepProblem.value = checkProblem.value = null
  }
  // A new draft of what is in force, or of a file that somebody had.
  async function begin(name: string, texts?: Texts): Promise<DraftItem> {
    const from = texts ?? (await readBase()).scheme.texts
    return send<DraftItem>('POST', `${at.value}/drafts?name=${encodeURIComponent(name)}`, packTexts(from))
  }

  // -- Steps --

  function change(next: Scheme | null): void {
    if (!next || !scheme.value || next === scheme.value) return
    past.value = [...past.value.slice(1 - STEPS_MOST), scheme.value]
    future.value = []
    scheme.value = next
    changed()
  }
  function step(from: Ref<Scheme[]>, to: Ref<Scheme[]>): void {
    const last = from.value[from.value.length - 1]
    if (!last || !scheme.value) return
    to.value = [...to.value, scheme.value]
    from.value = from.value.slice(0, -1)
    scheme.value = last
    changed()
  }
  function changed(): void {
    if (keeping.value !== 'meanwhile') {
      keeping.value = 'changed'
      clearTimeout(keepTimer)
      keepTimer = setTimeout(() => void keep(), KEEP_MS)
    }
    checkSoon(CHECK_MS)
  }

  // -- Keeping it with the server --

  let keepTimer: ReturnType<typeof setTimeout> | undefined
  let underWay: Promise<void> = Promise.resolve()
  function keep(): Promise<void> {
    clearTimeout(keepTimer)
    return (underWay = underWay.then(keepNow))
  }
  async function keepNow(): Promise<void> {
    const [one, now] = [item.value, scheme.value]
    if (!one || !now || keeping.value === 'meanwhile') return
    if (now.texts === kept) {
      keeping.value = 'kept'
      return
    }
    keeping.value = 'keeping'
    try {
      const saved = await send<DraftItem>('PUT', `${at.value}/drafts/${one.id}?revision=${one.revision}`, packTexts(now.texts))
      if (item.value?.id !== one.id) return
      item.value = saved
      kept = now.texts
      keepProblem.value = null
      if (scheme.value === now) keeping.value = 'kept'
      else changed()
    } catch (error) {
      if (item.value?.id !== one.id) return
      keepProblem.value = error instanceof Problem ? error : new Problem(-1, '', String(error))
      keeping.value = 'failed'
      if (keepProblem.value.code === 'DRAFT_MEANWHILE') await seeTheirs(one)
      else if (keepProblem.value.status === 0) keepTimer = setTimeout(() => void keep(), 5000)
    }
  }
  async function seeTheirs(one: DraftItem): Promise<void> {
    keeping.value = 'meanwhile'
    try {
      const now = await itemOf(one.id)
      if (now) theirs.value = await readDraft(now)
    } catch (error) {
      keepProblem.value = error instanceof Problem ? error : new Problem(-1, '', String(error))
    }
  }
  // Of the two that met: theirs as it is; mine upon theirs, which was seen; mine as a draft of its own, whose id it gives.
  function takeTheirs(): void {
    if (theirs.value) take(theirs.value)
  }
  async function keepMine(): Promise<void> {
    if (!theirs.value) return
    item.value = theirs.value.item
    kept = theirs.value.scheme.texts
    theirs.value = null
    keeping.value = 'changed'
    await keep()
  }
  async function keepApart(name: string): Promise<string> {
    const texts = scheme.value!.texts
    const one = await begin(name, texts)
    keeping.value = 'kept'
    return one.id
  }

  // -- The check --

  let checkTimer: ReturnType<typeof setTimeout> | undefined
  let checks = 0
  function checkSoon(ms: number): void {
    clearTimeout(checkTimer)
    checkTimer = setTimeout(() => void check(), ms)
  }
  async function check(): Promise<void> {
    const [under, now] = [base.value, scheme.value]
    if (!under || !now) return
    const mine = ++checks
    isChecking.value = true
    try {
      const told = await send<Checked>('POST', `/packages/check${folderQuery(under.folder)}`, pack(layOver(under.files, under.folder, now.texts)))
      if (mine !== checks) return
      checked.value = told
      checkProblem.value = null
    } catch (error) {
      if (mine === checks) checkProblem.value = error instanceof Problem ? error : new Problem(-1, '', String(error))
    } finally {
      if (mine === checks) isChecking.value = false
    }
  }
  const folderQuery = (folder: string): string => (folder ? `?folder=${encodeURIComponent(folder.replace(/\/$/, ''))}` : '')

  // The whole package as it stands now: the draft over a fresh export.
  async function packed(): Promise<Uint8Array> {
    const now = scheme.value!
    const under = await readBase()
    base.value = under
    return pack(layOver(under.files, under.folder, now.texts))
  }

  watch(() => settings.language, () => checkSoon(0))
  onBeforeUnmount(() => {
    if (keeping.value === 'changed') void keep()
    clearTimeout(checkTimer)
    checks++
  })
  return { at, base, scheme, item, theirs, keeping, keepProblem, problem, isLoading, checked, checkProblem, isChecking, past, future, open, close, begin, change, undo: () => step(past, future), redo: () => step(future, past), keep, takeTheirs, keepMine, keepApart, check, packed, folderQuery }
}
export type DraftState = ReturnType<typeof useDraft>
