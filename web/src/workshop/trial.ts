// What a trial of a scheme answers (POST or GET .../scheme/trial, docs/diff.md), put in order for a page. Pure.
import type { Texts } from '../words'

export interface Standing {
  score: number | null
  rank: number | null
  grade: string | null
}
export interface Part {
  score: number | null
  rank: number | null
  grade: number | null
}
export interface TrialUnit {
  unit: string
  name?: Texts
  group: string
  new_group?: string // where it is ranked by the other scheme, if that is another
  old: Standing
  replayed: Standing
  attribution: (Part & { amendment: string })[]
  remainder: Part
}
export interface AmendmentChange {
  kind: string
  effective: boolean
  words?: string
}
export interface Amendment {
  id: string
  basis: string | null
  clause: { title: string; text: string } | null
  effective: boolean
  changes: AmendmentChange[]
}
export interface Stability {
  weight: number | null
  replay?: { units: number; rank_kept: number; grade_kept: number; score_change: number | null; tau: number | null } | null
}
export interface Trial {
  amendments: Amendment[]
  units: { words?: string }[]
  stability: Stability & { groups: (Stability & { group: string; title: Texts })[] }
  replay: { period: string; attribution: string; fallback: unknown; without_figures: string[]; adjustments_left_out: number; units: TrialUnit[] } | null
  replay_refused?: string[]
}

// Places gained; null = one of the two has none, or they are of two groups.
export const gained = (unit: TrialUnit): number | null => (unit.new_group !== undefined || unit.old.rank === null || unit.replayed.rank === null ? null : unit.old.rank - unit.replayed.rank)
export const scoreGained = (unit: TrialUnit): number | null => (unit.old.score === null || unit.replayed.score === null ? null : Number((unit.replayed.score - unit.old.score).toFixed(9)))

export interface TrialGroup {
  id: string
  title: Texts
  units: TrialUnit[] // by the new rank, those without one last
  up: number
  down: number
  kept: number
}
export function groupsOf(trial: Trial): TrialGroup[] {
  const units = trial.replay?.units ?? []
  const ids = [...new Set(units.map((unit) => unit.new_group ?? unit.group))]
  return ids.map((id) => {
    const own = units.filter((unit) => (unit.new_group ?? unit.group) === id).sort((x, y) => (x.replayed.rank ?? Infinity) - (y.replayed.rank ?? Infinity) || (x.old.rank ?? Infinity) - (y.old.rank ?? Infinity))
    return {
      id,
      title: trial.stability.groups.find((group) => group.group === id)?.title ?? {},
      units: own,
      up: own.filter((unit) => (gained(unit) ?? 0) > 0).length,
      down: own.filter((unit) => (gained(unit) ?? 0) < 0).length,
      kept: own.filter((unit) => gained(unit) === 0).length,
    }
  })
}
// Amendments that moved a unit's place, else its score, the one that did most first.
export function reasonsOf(unit: TrialUnit): { amendment: string; by: 'rank' | 'score'; value: number }[] {
  for (const by of ['rank', 'score'] as const) {
    const all = unit.attribution.flatMap((part) => (part[by] ? [{ amendment: part.amendment, by, value: part[by]! }] : []))
    if (all.length > 0) return all.sort((x, y) => Math.abs(y.value) - Math.abs(x.value))
  }
  return []
}
// A number with its sign; at most so many decimals, or `all` of them.
export function signed(value: number | null, decimals: number, all = false): string {
  if (value === null) return '—'
  const text = Math.abs(value).toFixed(decimals)
  return Number(text) === 0 ? (all ? text : '0') : `${value > 0 ? '+' : '−'}${all ? text : String(Number(text))}`
}
