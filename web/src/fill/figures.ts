// From what is expected of a unit to rows that are filled in, and from what was typed to what is sent. Pure.
import type { CheckFinding, ExpectedFigure, ReportStep } from '../api'
import type { Texts } from '../words'
import { decimalOf, stateOf } from './sheet'

// What is said of a figure.
export interface Entry {
  value: string // as typed; '' = none
  state: '' | 'na' | 'pending'
  note: string
  source: string
  document: string
  evidence: string[] // digests
}
export const nothing: Entry = { value: '', state: '', note: '', source: '', document: '', evidence: [] }

export interface Row {
  key: string // unit and element
  unit: string
  element: string
  unitName: Texts
  indicatorName: Texts
  measure: string
  codes: string[] | null
  last: string
  yearAgo: string
  needsEvidence: boolean
  verifier: string
  isOpen: boolean // may be filled in now
  isGiven: boolean // there without a report: nobody is asked for it
  step: ReportStep | null
  base: Entry // as the server has it
  mine: Entry // as it is typed
  at: number // the step that was seen; 0 = none
  theirs: ReportStep | null // somebody else was there meanwhile
  fault: string // what the server said of it
  checks: CheckFinding[]
  judged: Entry | null // of which entry they speak; null = none was judged
}

// Whoever took a step: by name where one is known.
export const whoOf = (step: ReportStep): string => step.by_name ?? step.by

export type Stage = 'none' | ReportStep['stage']
export const stageOf = (row: Row): Stage => row.step?.stage ?? 'none'

export function entryOf(step: ReportStep | null | undefined): Entry {
  if (!step) return nothing
  return { value: step.value ?? '', state: (step.state as Entry['state']) ?? '', note: step.note ?? '', source: step.source ?? '', document: step.document ?? '', evidence: step.evidence ?? [] }
}
export function isSame(one: Entry, other: Entry): boolean {
  return one.value === other.value && one.state === other.state && one.note === other.note && one.source === other.source && one.document === other.document && one.evidence.join() === other.evidence.join()
}
export const isChanged = (row: Row): boolean => !isSame(row.mine, row.base)
export const isEmpty = (entry: Entry): boolean => entry.value === '' && entry.state === ''

function isOpenFor(one: ExpectedFigure): boolean {
  const stage = one.report?.stage
  if (one.state === 'derived' || one.state === 'not_due') return false
  if (stage === 'returned') return one.phase === 'open' || one.phase === 'grace' || one.phase === 'closed'
  if (one.phase !== 'open' && one.phase !== 'grace') return false
  if (stage === undefined) return one.state === 'awaited'
  return stage === 'draft' || (stage === 'accepted' && one.report?.state === 'pending')
}

export function rowOf(one: ExpectedFigure): Row {
  const step = one.report ?? null
  const base = step?.stage === 'accepted' && step.state === 'pending' ? nothing : entryOf(step)
  return {
    key: `${one.unit} ${one.element}`,
    unit: one.unit,
    element: one.element,
    unitName: one.beside?.unit ?? { zh: one.unit },
    indicatorName: one.beside?.indicator ?? { zh: one.indicator ?? one.element },
    measure: one.measure ?? '',
    codes: one.beside?.codes ?? null,
    last: one.beside?.last ?? '',
    yearAgo: one.beside?.year_ago ?? '',
    needsEvidence: one.needs_evidence === true,
    verifier: one.verifier ?? '',
    isOpen: isOpenFor(one),
    isGiven: !step && one.state !== 'awaited' && one.state !== 'missing' && one.state !== 'not_due',
    step,
    base,
    mine: base,
    at: step?.at ?? 0,
    theirs: null,
    fault: '',
    checks: one.checks ?? [],
    judged: one.checks ? base : null,
  }
}

// What was typed, beside what the server has now: what somebody else did meanwhile stands beside it, and nothing is lost.
export interface Kept {
  key: string
  at: number
  mine: Entry
}
export function keptOf(rows: Row[]): Kept[] {
  return rows.filter(isChanged).map((row) => ({ key: row.key, at: row.at, mine: row.mine }))
}
export function laidOver(fresh: Row[], kept: Kept[]): Row[] {
  const typed = new Map(kept.map((one) => [one.key, one]))
  return fresh.map((row) => {
    const one = typed.get(row.key)
    if (!one || isSame(one.mine, row.base)) return row
    if (one.at === row.at && row.isOpen) return { ...row, mine: one.mine }
    return { ...row, mine: one.mine, at: one.at, theirs: row.step }
  })
}

// One's own entry holds: it is drafted again, over what was seen now.
export function overTheirs(row: Row): Row {
  return row.theirs ? { ...row, at: row.theirs.at, base: entryOf(row.theirs), step: row.theirs, theirs: null, fault: '' } : row
}
export function takeTheirs(row: Row): Row {
  return row.theirs ? { ...row, at: row.theirs.at, base: entryOf(row.theirs), mine: entryOf(row.theirs), step: row.theirs, theirs: null, fault: '' } : row
}

// What a text in the cell of the figure says: a number or code, why there is none, or as it was typed where it is neither.
export function withValue(row: Row, text: string): Entry {
  const trimmed = text.trim()
  const state = stateOf(trimmed)
  if (state && !(row.codes ?? []).includes(trimmed)) return { ...row.mine, value: '', state }
  if (trimmed === '') return { ...row.mine, value: '', state: '' }
  if (row.codes) {
    const code = row.codes.find((one) => one === trimmed) ?? row.codes.find((one) => one.toLowerCase() === trimmed.toLowerCase())
    return { ...row.mine, value: code ?? trimmed, state: '' }
  }
  return { ...row.mine, value: decimalOf(trimmed, row.measure) ?? trimmed, state: '' }
}

// What keeps an entry from being a draft, told before the server is asked.
export type Fault = 'number' | 'code' | 'note' | 'empty' | ''
export function faultOf(row: Row): Fault {
  const { value, state, note } = row.mine
  if (isEmpty(row.mine)) return isEmpty(row.base) && note === '' && row.mine.source === '' && row.mine.document === '' && row.mine.evidence.length === 0 ? '' : 'empty'
  if (state) return note.trim() === '' ? 'note' : ''
  if (row.codes) return row.codes.includes(value) ? '' : 'code'
  return decimalOf(value, row.measure) === value ? '' : 'number'
}
export const isSendable = (row: Row): boolean => row.isOpen && isChanged(row) && !row.theirs && row.fault === '' && faultOf(row) === '' && !isEmpty(row.mine)

export function itemOf(row: Row): Record<string, unknown> {
  const { value, state, note, source, document, evidence } = row.mine
  const item: Record<string, unknown> = { unit: row.unit, element: row.element }
  if (row.at) item.at = row.at
  if (state) item.state = state
  else item.value = value
  if (note.trim()) item.note = note.trim()
  if (source.trim()) item.source = source.trim()
  if (document.trim()) item.document = document.trim()
  if (evidence.length > 0) item.evidence = evidence
  return item
}

// As far as checks look at it.
function isSaidAlike(one: Entry, other: Entry): boolean {
  return one.value === other.value && one.state === other.state && one.note.trim() === other.note.trim()
}

// The worst that the checks say of it.
export type Verdict = 'none' | 'fault' | 'hard' | 'justify' | 'justified' | 'unjudged' | 'holds'
export function verdictOf(row: Row): Verdict {
  if (row.fault || faultOf(row)) return 'fault'
  if (isEmpty(row.mine) || row.mine.state || !row.judged || !isSaidAlike(row.judged, row.mine)) return 'none'
  const failed = row.checks.filter((one) => one.state === 'failed')
  if (failed.some((one) => one.severity === 'hard')) return 'hard'
  if (failed.length > 0) return 'justify'
  if (row.checks.some((one) => one.state === 'justified')) return 'justified'
  return row.checks.some((one) => one.state === 'unjudged') ? 'unjudged' : 'holds'
}

// By how much it differs from the figure of a year ago (or of the last period), in percent; null where that says nothing.
export function changeFrom(before: string, now: string): number | null {
  const [x, y] = [Number(before), Number(now)]
  return before === '' || now === '' || !Number.isFinite(x) || !Number.isFinite(y) || x === 0 ? null : (100 * (y - x)) / Math.abs(x)
}

export interface Counts {
  owed: number
  submitted: number
  drafted: number
  signed: number
  returned: number
  open: number // still to be said
}
export function countsOf(rows: Row[]): Counts {
  const asked = rows.filter((row) => !row.isGiven)
  const at = (...stages: Stage[]): number => asked.filter((row) => stages.includes(stageOf(row))).length
  return { owed: asked.length, submitted: at('submitted', 'verified', 'accepted'), drafted: at('draft'), signed: at('signed'), returned: at('returned'), open: at('none') }
}

// When a figure is due, as the interface tells it: a day ends with its last moment, by the clocks of China.
export function momentOf(moment: string): number {
  return Date.parse(moment.includes('T') ? `${moment}:00+08:00` : `${moment}T23:59:59.999+08:00`)
}
export function leftOf(moment: string, now: number): { isOver: boolean; days: number; hours: number } {
  const ms = momentOf(moment) - now
  const hours = Math.floor(Math.abs(ms) / 3_600_000)
  return { isOver: ms < 0, days: Math.floor(hours / 24), hours: hours % 24 }
}
