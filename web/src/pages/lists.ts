// The three lists from totals alone, for whoever may not read the matrix: as docs/matrix.md says, by published totals. Pure.
import type { Group, MatrixPlace, ResultUnit } from '../api'

type Units = { id: string; units: ResultUnit[] }[]
export type Lists = Record<'level' | 'class' | 'progress', MatrixPlace[]>

const ranked = (units: ResultUnit[]): ResultUnit[] => units.filter((unit) => unit.rank !== undefined && unit.score !== undefined)

// Places by a figure, the highest first; equal figures share the first of their places, and stand in official order.
function placed(all: { unit: ResultUnit; figure: number }[], order: Map<string, number>): MatrixPlace[] {
  const orderOf = (unit: ResultUnit): number => order.get(unit.id) ?? order.size
  const sorted = [...all].sort((x, y) => y.figure - x.figure || orderOf(x.unit) - orderOf(y.unit))
  let place = 0
  return sorted.map(({ unit, figure }, index) => {
    if (index === 0 || figure !== sorted[index - 1]!.figure) place = index + 1
    return { place, of: sorted.length, unit: unit.id, figure, rank_change: unit.rank_change ?? null }
  })
}

export function listsOf(groups: Group[], now: Units, before: Units | null, wanted: string): Lists {
  const decimals = new Map(groups.map((group) => [group.id, group.decimals]))
  const totals = new Map(groups.map((group) => [group.id, group.total]))
  const own = now.find((one) => one.id === wanted)?.units ?? []
  const isOwn = new Set(own.map((unit) => unit.id))
  const earlier = new Map((before ?? []).flatMap((group) => ranked(group.units).map((unit) => [unit.id, unit.score!] as const)))
  const exact = (figure: number): number => Number(figure.toFixed(decimals.get(wanted) ?? 2))
  const order = new Map(groups.flatMap((group) => group.units).map((unit, index) => [unit.id, index] as const))
  const level = placed(
    now.flatMap((group) => ranked(group.units).map((unit) => ({ unit, figure: exact((unit.score! * 100) / (totals.get(group.id) ?? 100)) }))),
    order,
  )
  return {
    level: level.filter((one) => isOwn.has(one.unit)),
    class: ranked(own)
      .sort((x, y) => x.rank! - y.rank!)
      .map((unit) => ({ place: unit.rank!, of: unit.of, unit: unit.id, figure: unit.score!, rank_change: unit.rank_change ?? null })),
    progress: placed(ranked(own).flatMap((unit) => (earlier.has(unit.id) ? [{ unit, figure: exact(unit.score! - earlier.get(unit.id)!) }] : [])), order),
  }
}
