// The states in which the result of a period can be looked at: what was posted, and what each revision of a figure made of it. Pure.
import type { PostingEntry, RevisedRow } from '../api'

export type RevisedKind = 'observation' | 'target' | 'adjustment'
export interface Revised extends RevisedRow {
  kind: RevisedKind
}

export interface Vintage {
  known: string // as ?known= takes it: the number of the last entry that counts
  kind: 'posted' | 'revised' | 'target' | 'adjustment'
  time: string
  position: number // of the posting or of the revision
  digest: string // of the table that was posted
}

// Whether what a row says of its period counts in a result: figures of the same period; of targets and adjustments those of the year, which count for all of it.
export function countsIn(kind: RevisedKind, row: string | undefined, period: string): boolean {
  if (row === period) return true
  return kind !== 'observation' && (row === undefined || row.slice(0, 4) === period.slice(0, 4))
}

// The newest first. `own` is the scheme's own period, which a posting of it need not name.
export function vintagesOf(period: string, own: string, postings: PostingEntry[], rows: Revised[]): Vintage[] {
  const posted = postings
    .filter((one) => (one.fields.period ?? own) === period && /^[1-9]\d*$/.test(one.fields.size ?? ''))
    .map((one): Vintage => ({ known: String(Number(one.fields.size) - 1), kind: 'posted', time: one.time, position: one.position, digest: one.fields.digest ?? '' }))
  const revisions = new Map<number, Vintage>()
  for (const row of rows)
    if (countsIn(row.kind, row.period, period))
      for (const one of [...row.revised, row.final]) revisions.set(one.position, { known: String(one.position), kind: row.kind === 'observation' ? 'revised' : row.kind, time: one.time, position: one.position, digest: '' })
  return [...posted, ...revisions.values()].sort((x, y) => y.position - x.position)
}

export function isKnown(text: string): boolean {
  return /^\d{1,15}$/.test(text) || /^\d{4}-\d{2}-\d{2}$/.test(text)
}

// The period of the same name a year before: 2020-08 of 2021-08; '' of what is no period of a year.
export function yearBefore(period: string): string {
  const [, year, rest] = /^(\d{4})(-.+)?$/.exec(period) ?? []
  return year ? String(Number(year) - 1).padStart(4, '0') + (rest ?? '') : ''
}
