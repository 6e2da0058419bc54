// What a leader asks first, without its page: which ranks moved and why, what is late, who answers; pure, so that it is tried alone.
import type { Group, ResultRow, ResultUnit, TreeNode } from '../api'
import type { Standing } from '../watch'
import type { Texts } from '../words'

export interface RankMove {
  unit: string
  group: string
  rank: number
  of: number // who have a rank in the group
  places: number // gained; lost ones are below 0, none is 0
  points: number | null // more than then
}

// Units whose rank is another one than then, the longest ways first; of equal ones those whose total changed most.
export function rankMoves(groups: Group[], now: Standing, then: Standing): RankMove[] {
  const found: RankMove[] = []
  for (const group of groups) {
    const of = group.units.filter((unit) => (now.get(unit.id)?.rank ?? null) !== null).length
    for (const { id } of group.units) {
      const [is, was] = [now.get(id), then.get(id)]
      if (!is || !was || is.rank === null || was.rank === null || is.rank === was.rank) continue
      found.push({ unit: id, group: group.id, rank: is.rank, of, places: was.rank - is.rank, points: is.score === null || was.score === null ? null : is.score - was.score })
    }
  }
  return found.sort((x, y) => Math.abs(y.places) - Math.abs(x.places) || Math.abs(y.points ?? 0) - Math.abs(x.points ?? 0) || x.rank - y.rank)
}

export interface Cause {
  kind: 'own' | 'others' | 'unknown' // own: the total went the way of the rank; others: it did not, so that others moved more
  points: number | null
  node: string // the indicator that did most of it; '' = none may be read, or none went that way
  nodePoints: number
}

// What each indicator did to the total since then: by how much its own score changed, at its share of now; one that had no score then, by how far it lies from the total of then. Together that is the change of the
// total, also where shares grew because others have no score yet; points would tell those shares as changes of the indicator.
function partsOf(now: ResultUnit, then: ResultUnit, tree: Map<string, TreeNode>): { node: string; points: number }[] {
  const before = new Map(then.nodes.map((node) => [node.node, node]))
  const shareOf = (node: ResultRow): number => (node.points !== undefined && node.score ? node.points / node.score : (node.weight ?? 0) / 100)
  return now.nodes
    .filter((node) => tree.get(node.node)?.leaf && node.score !== undefined && node.points !== undefined)
    .map((node) => ({ node: node.node, points: (node.score! - (before.get(node.node)?.score ?? then.score ?? node.score!)) * shareOf(node) }))
}

// Why a rank moved, as far as the totals and indicators of then and now may be read.
export function causeOf(places: number, points: number | null, decimals: number, now: ResultUnit | undefined, then: ResultUnit | undefined, tree: Map<string, TreeNode>): Cause {
  const none = { points, node: '', nodePoints: 0 }
  if (points === null) return { kind: 'unknown', ...none }
  const way = Math.sign(places)
  const shown = Number(points.toFixed(decimals))
  if (shown * way <= 0) return { kind: 'others', ...none }
  if (!now || !then) return { kind: 'own', ...none }
  const most = partsOf(now, then, tree)
    .filter((one) => Number(one.points.toFixed(decimals)) * way > 0)
    .sort((x, y) => (y.points - x.points) * way)[0]
  return { kind: 'own', points, node: most?.node ?? '', nodePoints: most?.points ?? 0 }
}

export interface OverdueUnit {
  reporter: string
  name: Texts
  count: number
  shut: number
  due: string
  roles: string[]
  at?: string
  vacant: boolean
  falls_on?: string[]
  falls_on_at?: string
  persons: { person: string; name: string | null; deputy: boolean }[]
}
export interface Overdue {
  figures: number
  items: OverdueUnit[]
}

// Units, not posts: one of which several posts answer stands twice in the list.
export const unitsLate = (overdue: Overdue): number => new Set(overdue.items.map((one) => one.reporter)).size

export interface LateFigure {
  period: string
  unit: string
  element: string
  indicator?: string
  act: string
  late: boolean
}

// The late figures of one unit by period and indicator, those that may come in by an exception only apart from those that may still be sent.
export interface LateLine {
  key: string
  period: string
  indicator: string // of the tree; '' = none names the figure
  element: string // the first of them
  units: string[]
  figures: number
  isShut: boolean
}
export function lateLines(figures: LateFigure[]): LateLine[] {
  const lines = new Map<string, LateLine>()
  for (const one of figures) {
    if (!one.late) continue
    const isShut = one.act === 'except' || one.act === 'correct'
    const key = [one.period, one.indicator ?? one.element, isShut].join(' ')
    const line = lines.get(key) ?? { key, period: one.period, indicator: one.indicator ?? '', element: one.element, units: [], figures: 0, isShut }
    if (!line.units.includes(one.unit)) line.units.push(one.unit)
    line.figures++
    lines.set(key, line)
  }
  return [...lines.values()]
}
