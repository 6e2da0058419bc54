// An indicator without its page: from results of its periods to rows, quantiles and courses; pure, so that it is tried alone.
import type { Result, ResultRow, ResultUnit } from '../api'
import type { Parameters } from '../workshop/method-kinds'
import { reasonOf, type CoursePoint, type Reason } from './card'

export interface Organ {
  id: string
  name: string
}
export interface Told {
  text?: string
  head?: string[]
  rows?: string[][]
}
export interface Indicator {
  id: string
  leaf: boolean
  individual: boolean
  above: string[]
  groups: string[]
  measure?: string
  better?: 'up' | 'down'
  direction?: string
  figure?: string
  time?: string
  missing?: string
  method?: { id: string; name: string; kind: string; parameters: Parameters; bounds?: string; told: Told[] }
  source?: Organ
  verifier?: Organ
  evidence: boolean
  clause?: { of: string; title?: string; file?: string; row?: number; text?: string }
}

export interface IndicatorRow {
  unit: string
  row: ResultRow
  reason: Reason | ''
}

// Those for whom it is, by rank; without one at the end.
export function rowsOf(units: ResultUnit[], node: string): IndicatorRow[] {
  return units
    .flatMap((unit) => unit.nodes.filter((one) => one.node === node).map((row) => ({ unit: unit.id, row, reason: reasonOf(row) })))
    .filter((one) => one.reason !== 'na')
    .sort((x, y) => (x.row.rank ?? Infinity) - (y.row.rank ?? Infinity) || 0)
}

// Of sorted figures the one below which a part of them lies, between two neighbours in proportion.
export function quantile(figures: number[], part: number): number | null {
  if (figures.length === 0) return null
  const sorted = [...figures].sort((x, y) => x - y)
  const at = (sorted.length - 1) * part
  const below = sorted[Math.floor(at)]!
  return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at))
}

export interface TargetFields {
  unit: string
  indicator: string
  period: string
  target: string
}
// The target of a unit: its own before everybody's, of the period itself before the year's.
export function targetOf(targets: TargetFields[], node: string, unit: string, period: string): number | null {
  for (const of of [unit, '*'])
    for (const when of [period, period.slice(0, 4)]) {
      const found = targets.find((one) => one.indicator === node && one.unit === of && one.period === when)
      if (found && found.target !== '' && Number.isFinite(Number(found.target))) return Number(found.target)
    }
  return null
}
export function isReached(value: number, target: number, better: 'up' | 'down' | undefined): boolean {
  return better === 'down' ? value <= target : value >= target
}

// Scores of one unit over periods, beside the mean of all that have one.
export function courseOf(periods: string[], results: Map<string, Result>, group: string, node: string, unit: string): CoursePoint[] {
  return periods.map((period) => {
    const units = results.get(period)?.groups.find((one) => one.id === group)?.units ?? []
    const rows = rowsOf(units, node)
    const scores = rows.map((one) => one.row.score).filter((one): one is number => one !== undefined)
    const own = rows.find((one) => one.unit === unit)?.row
    return { period, rank: own?.rank ?? null, score: own?.score ?? null, mean: scores.length > 0 ? scores.reduce((sum, one) => sum + one, 0) / scores.length : null, grade: '' }
  })
}
