// The report card of a unit without its page: from results to what stands on it, pure, so that it is tried alone.
import type { Group, ResultRow, ResultUnit, TreeNode } from '../api'
import type { Texts } from '../words'
import type { Standing } from '../watch'

// What the card reads of `.../matrix?unit=`: the unit against its group.
export interface MatrixNode {
  node: string
  units: number
  scored: number
  mean: number | null
  highest: number | null
  first: string[]
}
export interface Matrix {
  compared_with: string | null
  groups: { id: string; indicators: MatrixNode[] }[]
}

export interface EvidenceFile {
  digest: string
  name?: string
  size: number
  by: string
  time: string
  facts: { position: number; kind: string; unit?: string; element?: string; indicator?: string; item?: string; period?: string }[]
  erased?: string
}
export interface EvidenceList {
  items: EvidenceFile[]
  next: string | null
}

export interface CoursePoint {
  period: string
  rank: number | null
  score: number | null
  mean: number | null // of the totals of the group; null = nobody has one
  grade: string
}

export function courseOf(periods: string[], results: Map<string, ResultUnit>, standings: Map<string, Standing>, unit: string, group: Group): CoursePoint[] {
  return periods.map((period) => {
    const standing = standings.get(period)
    const result = results.get(period)
    const scores = group.units.map((one) => standing?.get(one.id)?.score ?? null).filter((one): one is number => one !== null)
    // The stream is newer than what was read, or the same.
    const fresh = standing?.get(unit)
    return {
      period,
      rank: fresh ? fresh.rank : (result?.rank ?? null),
      score: fresh ? fresh.score : (result?.score ?? null),
      mean: scores.length > 0 ? scores.reduce((sum, one) => sum + one, 0) / scores.length : null,
      grade: result?.grade ?? '',
    }
  })
}

export interface BlockRow {
  node: ResultRow
  mean: number | null
  best: number | null
  firsts: string[] // units that have the best score, where one alone or some of them stand first
}

export function blockRows(unit: ResultUnit, matrix: Matrix | null, group: string): BlockRow[] {
  const across = new Map((matrix?.groups.find((one) => one.id === group)?.indicators ?? []).map((one) => [one.node, one]))
  return unit.nodes
    .filter((node) => node.level === 1 && applies(node))
    .map((node) => {
      const of = across.get(node.node)
      return { node, mean: of?.mean ?? null, best: of?.highest ?? null, firsts: of?.first ?? [] }
    })
}

const reasons = ['na', 'pending', 'missing'] as const
export type Reason = (typeof reasons)[number]

// Why there is no score; '' = there is one, or nobody told why.
export function reasonOf(node: ResultRow): Reason | '' {
  return node.score === undefined ? (reasons.find((one) => node.notes?.includes(one)) ?? '') : ''
}
function applies(node: ResultRow): boolean {
  return reasonOf(node) !== 'na'
}

export interface RatingList {
  kind: 'common' | 'individual'
  key: string // of the address: "common:good", "individual:missing"
  rating: number // in the group's order; -1 = without one
  reason: Reason | ''
  nodes: ResultRow[]
}

// How the leaves stand, common ones first: a list for each rating, also where it is empty, then for each reason why there is none.
export function ratingLists(unit: ResultUnit, group: Group, tree: Map<string, TreeNode>): RatingList[] {
  const lists: RatingList[] = []
  for (const kind of ['common', 'individual'] as const) {
    const leaves = unit.nodes.filter((node) => {
      const of = tree.get(node.node)
      return of?.leaf && of.individual === (kind === 'individual')
    })
    if (!leaves.some(applies)) continue
    group.ratings.forEach((rating, index) => lists.push({ kind, key: `${kind}:${rating.id}`, rating: index, reason: '', nodes: leaves.filter((node) => node.rating === rating.id) }))
    for (const reason of reasons) {
      const nodes = leaves.filter((node) => node.rating === undefined && reasonOf(node) === reason)
      if (nodes.length > 0) lists.push({ kind, key: `${kind}:${reason}`, rating: -1, reason, nodes })
    }
    const others = leaves.filter((node) => node.score !== undefined && !group.ratings.some((rating) => rating.id === node.rating))
    if (others.length > 0) lists.push({ kind, key: `${kind}:unrated`, rating: -1, reason: '', nodes: others })
  }
  return lists
}

export function lostBy(node: ResultRow): number {
  return node.points === undefined || node.weight === undefined ? 0 : node.weight - node.points
}

// What lost most, and what brought most; of equal ones that which stands first in the tree.
export function extremes(unit: ResultUnit, tree: Map<string, TreeNode>, most: number): { lost: ResultRow[]; gained: ResultRow[] } {
  const leaves = unit.nodes.filter((node) => tree.get(node.node)?.leaf && node.points !== undefined)
  return {
    lost: leaves.filter((node) => lostBy(node) > 0).sort((x, y) => lostBy(y) - lostBy(x)).slice(0, most),
    gained: leaves.filter((node) => node.points! > 0).sort((x, y) => y.points! - x.points!).slice(0, most),
  }
}

export interface Move {
  node: ResultRow
  ranks: number | null // places gained; null = no rank then or now
  points: number | null // more than then
}

// What moved since: blocks in their order, then the indicators whose rank or points changed, the largest change of points first.
export function moves(now: ResultUnit, then: ResultUnit | undefined, tree: Map<string, TreeNode>): { blocks: Move[]; leaves: Move[] } {
  if (!then) return { blocks: [], leaves: [] }
  const before = new Map(then.nodes.map((node) => [node.node, node]))
  const all = now.nodes
    .filter((node) => node.level > 0 && (node.points !== undefined || before.get(node.node)?.points !== undefined))
    .map((node): Move => {
      const was = before.get(node.node)
      return {
        node,
        ranks: node.rank === undefined || was?.rank === undefined ? null : was.rank - node.rank,
        points: node.points === undefined || was?.points === undefined ? null : node.points - was.points,
      }
    })
  const size = (one: Move) => Math.abs(one.points ?? 0)
  return {
    blocks: all.filter((one) => one.node.level === 1),
    leaves: all
      .filter((one) => tree.get(one.node.node)?.leaf && (one.ranks !== 0 || size(one) >= 0.005 || one.points === null))
      .filter((one) => one.ranks !== null || one.points !== null)
      .sort((x, y) => size(y) - size(x)),
  }
}

// A change of points as it is read: a sign always, and no sign of nothing.
export function signed(value: number | null, decimals: number): string {
  if (value === null) return '—'
  const text = Math.abs(value).toFixed(decimals)
  return Number(text) === 0 ? text : `${value > 0 ? '+' : '−'}${text}`
}

// The unit that a page is about without a name in its address: that of one's own post.
export function ownUnit(posts: { unit: string | null }[], groups: Group[]): string {
  return posts.find((post) => post.unit !== null && groups.some((group) => group.units.some((one) => one.id === post.unit)))?.unit ?? ''
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

export type Named = { id: string; name?: Texts }
