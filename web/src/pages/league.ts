// The league table without its page: from a result and what is said of other periods to rows, pure, so that it is tried alone.
import type { Group, ResultRow, ResultUnit, TreeNode } from '../api'
import { changeOf, ratingCounts, type Change } from '../figures'
import type { Standing } from '../watch'

export interface Row {
  unit: ResultUnit
  node: ResultRow | undefined // by which it is ranked, where that is not the total
  rank: number | null
  score: number | null
  change: Change
  isTied: boolean
  counts: number[]
  blocks: ResultRow[]
  course: (number | null)[]
}

export interface Wanted {
  by: string // node by which is ranked; '' = the total
  compare: string // period that changes are since; '' = what the result has itself
  shown: string // the period
  sort: string // column, '-column' = the other way round; '' = by rank
  filter: string
  grade: string
  moved: boolean
}

export interface Column {
  id: string // by which is sorted; '' = it is not
  name: string
  kind: string
}

// A group of more keeps only the rows in sight in the document.
export const FEW_ROWS = 60

function node(unit: ResultUnit, id: string): ResultRow | undefined {
  return unit.nodes.find((one) => one.node === id)
}

export function rowsOf(units: ResultUnit[], group: Group, periods: string[], standings: Map<string, Standing>, wanted: Wanted): Row[] {
  const now = standings.get(wanted.shown)
  const then = wanted.compare ? standings.get(wanted.compare) : undefined
  const rows = units.map((unit): Row => {
    const by = wanted.by ? node(unit, wanted.by) : undefined
    // What came by the stream is newer than the table, or the same.
    const fresh = now?.get(unit.id)
    const rank = wanted.by ? (by?.rank ?? null) : fresh ? fresh.rank : (unit.rank ?? null)
    const score = wanted.by ? (by?.score ?? null) : fresh ? fresh.score : (unit.score ?? null)
    return {
      unit,
      node: by,
      rank,
      score,
      change: changeBy(unit, by, rank, wanted, then),
      isTied: false,
      counts: ratingCounts(unit, group),
      blocks: unit.nodes.filter((one) => one.level === 1),
      course: periods.map((period) => standings.get(period)?.get(unit.id)?.score ?? null),
    }
  })
  const held = new Map<number, number>()
  for (const row of rows) if (row.rank !== null) held.set(row.rank, (held.get(row.rank) ?? 0) + 1)
  for (const row of rows) row.isTied = row.rank !== null && held.get(row.rank)! > 1
  return sorted(rows, group, wanted.sort)
}

function changeBy(unit: ResultUnit, by: ResultRow | undefined, rank: number | null, wanted: Wanted, then: Standing | undefined): Change {
  if (wanted.by) return changeOf(by?.rank_change, rank !== null)
  if (wanted.compare) {
    const before = then?.get(unit.id)?.rank ?? null
    return changeOf(before === null || rank === null ? null : before - rank, rank !== null)
  }
  // The table's own change is from its own rank; a newer rank moves it along.
  const moved = unit.rank !== undefined && rank !== null ? unit.rank - rank : 0
  return changeOf(unit.rank_change === undefined ? null : unit.rank_change + moved, rank !== null)
}

function gradeOrder(row: Row, group: Group): number {
  const at = group.grades.findIndex((one) => one.id === row.unit.grade)
  return at < 0 ? group.grades.length : at
}

// What a column sorts by: smaller first.
function keyOf(row: Row, group: Group, column: string): number | string {
  if (column === 'unit') return group.units.findIndex((one) => one.id === row.unit.id)
  if (column === 'change') return -(row.change.kind === 'down' ? -row.change.count : row.change.count)
  if (column === 'score') return -(row.score ?? -Infinity)
  if (column === 'grade') return gradeOrder(row, group)
  if (column === 'ratings') return row.counts.reduce((sum, count, index) => sum - count * (row.counts.length - index), 0)
  if (column.startsWith('block:')) return -(node(row.unit, column.slice(6))?.points ?? -Infinity)
  return row.rank ?? Infinity
}

export function sorted(rows: Row[], group: Group, sort: string): Row[] {
  const isBack = sort.startsWith('-')
  const column = isBack ? sort.slice(1) : sort || 'rank'
  const keyed = rows.map((row, index) => ({ row, index, key: keyOf(row, group, column) }))
  keyed.sort((x, y) => {
    // Who has no rank stands at the end, whichever way round.
    const last = Number(x.row.rank === null) - Number(y.row.rank === null)
    if (last !== 0) return last
    const order = x.key < y.key ? -1 : x.key > y.key ? 1 : 0
    return order !== 0 ? (isBack ? -order : order) : x.index - y.index
  })
  return keyed.map((one) => one.row)
}

export function filtered(rows: Row[], wanted: Wanted, nameOf: (unit: ResultUnit) => string): Row[] {
  const words = wanted.filter.trim().toLowerCase()
  return rows.filter(
    (row) =>
      (words === '' || nameOf(row.unit).toLowerCase().includes(words) || row.unit.id.includes(words)) &&
      (wanted.grade === '' || row.unit.grade === wanted.grade) &&
      (!wanted.moved || row.change.kind === 'up' || row.change.kind === 'down'),
  )
}

// The blocks that any unit of the group has, in the order of the tree.
export function blocksOf(units: ResultUnit[], tree: TreeNode[]): TreeNode[] {
  const there = new Set(units.flatMap((unit) => unit.nodes.filter((one) => one.level === 1).map((one) => one.node)))
  return tree.filter((one) => there.has(one.id))
}

// How far the total is behind the one above, and ahead of the one below; null = there is none.
export function gaps(rows: Row[], unit: string): { ahead: number | null; behind: number | null } {
  const ranked = rows.filter((row) => row.rank !== null && row.score !== null).sort((x, y) => x.rank! - y.rank!)
  const at = ranked.findIndex((row) => row.unit.id === unit)
  const mine = ranked[at]
  if (!mine) return { ahead: null, behind: null }
  const above = ranked[at - 1]
  const below = ranked[at + 1]
  return { ahead: above ? above.score! - mine.score! : null, behind: below ? mine.score! - below.score! : null }
}
