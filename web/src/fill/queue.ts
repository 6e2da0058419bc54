// What waits for whoever signs off, verifies or accepts: figures with what was reported, before the figures of the last period and of a year ago. Pure.
import type { CheckFinding, ExpectedFigure, WaitingFigure } from '../api'
import type { Texts } from '../words'
import { changeFrom, whoOf } from './figures'

export type Act = 'sign' | 'submit' | 'verify' | 'accept'

export interface Waiting {
  key: string
  unit: string
  element: string
  act: Act
  at: number
  late: boolean
  since: string
  unitName: Texts
  indicatorName: Texts
  measure: string
  reporter: string
  value: string
  state: string
  note: string
  source: string
  document: string
  evidence: string[]
  needsEvidence: boolean
  last: string
  yearAgo: string
  by: string
  time: string
  returns: number
  checks: CheckFinding[]
  fault: string
}

export const MARKED = 20 // percent from which a difference is marked

// By how much the figure differs from another one; '' = cannot be said.
export function difference(before: string, now: string): { text: string; kind: 'up' | 'down' | 'same' | 'none'; isMarked: boolean } {
  const change = changeFrom(before, now)
  if (change === null) return { text: '', kind: 'none', isMarked: false }
  const text = Math.abs(change) >= 1000 ? '>999%' : `${Math.abs(change).toFixed(1)}%`
  return { text, kind: change > 0 ? 'up' : change < 0 ? 'down' : 'same', isMarked: Math.abs(change) >= MARKED }
}

// Far from the last period, and from a year ago where that is known: what adds up over the year begins anew in January.
export function isFar(row: Waiting): boolean {
  const [last, year] = [difference(row.last, row.value), difference(row.yearAgo, row.value)]
  return (last.isMarked || last.kind === 'none') && (year.isMarked || year.kind === 'none') && (last.isMarked || year.isMarked)
}

// Only what may be done now by whoever asks, in the order of the period's figures.
export function queueOf(waiting: WaitingFigure[], expected: ExpectedFigure[], acts: Act[]): Waiting[] {
  const turns = new Map(waiting.map((one) => [`${one.unit} ${one.element}`, one]))
  const rows: Waiting[] = []
  for (const one of expected) {
    const key = `${one.unit} ${one.element}`
    const turn = turns.get(key)
    const report = one.report
    if (!turn || !report || !acts.includes(turn.act as Act)) continue
    rows.push({
      key,
      unit: one.unit,
      element: one.element,
      act: turn.act as Act,
      at: report.at,
      late: turn.late,
      since: turn.since,
      unitName: one.beside?.unit ?? { zh: one.unit },
      indicatorName: one.beside?.indicator ?? { zh: one.indicator ?? one.element },
      measure: one.measure ?? '',
      reporter: one.reporter,
      value: report.value ?? '',
      state: report.state ?? '',
      note: report.note ?? '',
      source: report.source ?? '',
      document: report.document ?? '',
      evidence: report.evidence ?? [],
      needsEvidence: one.needs_evidence === true,
      last: one.beside?.last ?? '',
      yearAgo: one.beside?.year_ago ?? '',
      by: whoOf(report),
      time: report.time,
      returns: report.returns ?? 0,
      checks: one.checks ?? [],
      fault: '',
    })
  }
  return rows
}

// The worst of what the checks say.
export type Word = 'hard' | 'justify' | 'justified' | 'unjudged' | 'holds' | 'none'
export function wordOf(row: Waiting): Word {
  if (row.state) return 'none'
  const failed = row.checks.filter((one) => one.state === 'failed')
  if (failed.some((one) => one.severity === 'hard')) return 'hard'
  if (failed.length > 0) return 'justify'
  if (row.checks.some((one) => one.state === 'justified')) return 'justified'
  return row.checks.some((one) => one.state === 'unjudged') ? 'unjudged' : 'holds'
}

// What needs a second look: a check that does not hold, a great difference, a file that is not there, a figure that came back.
export function isOdd(row: Waiting): boolean {
  return ['hard', 'justify', 'justified'].includes(wordOf(row)) || row.state !== '' || isFar(row) || (row.needsEvidence && row.evidence.length === 0 && !row.state) || row.returns > 0
}

// What the server said against single figures stands beside them; false = it was said of the whole.
export function faultsOf(sent: Waiting[], errors: { pointer?: string; detail: string }[]): Map<string, string> {
  const faults = new Map<string, string>()
  for (const one of errors) {
    const index = /^\/items\/(\d+)/.exec(one.pointer ?? '')?.[1]
    const row = index === undefined ? undefined : sent[Number(index)]
    if (row) faults.set(row.key, [faults.get(row.key), one.detail].filter(Boolean).join('\n'))
  }
  return faults
}
