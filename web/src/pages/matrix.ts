// The matrix without its page: units by indicators, which way round, what of it, in which order; pure, so that it is tried alone.
import type { Group, TreeNode } from '../api'
import type { Cell } from '../csv'

export interface MatrixCell {
  node: string
  rank: number | null
  of: number
  score: number | null
  standing: number | null // 1 = alone at the top, 0 = alone at the bottom
  rating?: string
}
export interface MatrixUnit {
  id: string
  rank: number | null
  strengths: string[]
  weaknesses: string[]
  nodes: MatrixCell[]
}
export interface FullMatrix {
  compared_with: string | null
  groups: { id: string; units: MatrixUnit[] }[]
}

export interface Wanted {
  block: string // only this block with what is below it; '' = all
  kind: string // 'common' or 'individual': only these leaves
  down: string // what goes down the page: 'units', 'nodes', '' = whichever are more
  sort: string // an id of what goes across, by which is sorted down; '-' before it for the other way round
  across: string // an id of what goes down, by which is sorted across; likewise
}
export interface Axis {
  id: string
  isUnit: boolean
  level: number // of a node; 0 of the total, and of units
}
export interface Grid {
  down: Axis[]
  across: Axis[]
  at: (down: string, across: string) => MatrixCell | undefined
}

// With more units than these they go down the page, however it is asked: a row is light, a column is not.
export const ACROSS_MOST = 60
const TONES = 5

// The nodes that are shown, in the order of the tree: with the total and blocks unless only some leaves are.
export function nodesOf(units: MatrixUnit[], tree: TreeNode[], wanted: Wanted): TreeNode[] {
  const there = new Set(units.flatMap((unit) => unit.nodes.map((cell) => cell.node)))
  let block = ''
  return tree.filter((node) => {
    if (node.level === 1) block = node.id
    if (!there.has(node.id)) return false
    if (wanted.block && (node.level === 0 || block !== wanted.block)) return false
    return wanted.kind === '' || (node.leaf && node.individual === (wanted.kind === 'individual'))
  })
}

// Who has no rank stands at the end, whichever way round; equal ones stay in their order.
function ordered(axis: Axis[], sort: string, rankOf: (id: string) => number | null): Axis[] {
  if (sort === '') return axis
  const back = sort.startsWith('-') ? -1 : 1
  return axis
    .map((one, index) => ({ one, index, rank: rankOf(one.id) }))
    .sort((x, y) => {
      if (x.rank === null || y.rank === null) return Number(x.rank === null) - Number(y.rank === null) || x.index - y.index
      return back * (x.rank - y.rank) || x.index - y.index
    })
    .map(({ one }) => one)
}

export function gridOf(units: MatrixUnit[], tree: TreeNode[], wanted: Wanted): Grid {
  const nodes: Axis[] = nodesOf(units, tree, wanted).map((node) => ({ id: node.id, isUnit: false, level: node.level }))
  const lines: Axis[] = units.map((unit) => ({ id: unit.id, isUnit: true, level: 0 }))
  const cells = new Map(units.map((unit) => [unit.id, new Map(unit.nodes.map((cell) => [cell.node, cell]))]))
  const unitsDown = units.length > ACROSS_MOST || wanted.down === 'units' || (wanted.down !== 'nodes' && units.length >= nodes.length)
  const at = (down: string, across: string) => (unitsDown ? cells.get(down)?.get(across) : cells.get(across)?.get(down))
  const [down, across] = unitsDown ? [lines, nodes] : [nodes, lines]
  const bare = (sort: string) => sort.replace(/^-/, '')
  return {
    down: ordered(down, wanted.sort, (id) => at(id, bare(wanted.sort))?.rank ?? null),
    across: ordered(across, wanted.across, (id) => at(bare(wanted.across), id)?.rank ?? null),
    at,
  }
}

// Five tones of one colour from dark, the best, to none: light alone tells them apart, in grey print too. -1 = nobody is compared.
export function toneOf(cell: MatrixCell | undefined): number {
  if (!cell || cell.standing === null) return -1
  return Math.min(TONES - 1, Math.floor((1 - cell.standing) * TONES))
}

// What stands in a cell: its rank; a dash where it has none; a point where the indicator is not the unit's at all.
export function cellText(cell: MatrixCell | undefined): string {
  return cell === undefined ? '·' : cell.rank === null ? '—' : String(cell.rank)
}

export function sheetOf(grid: Grid, head: string, nameOf: (axis: Axis) => string): Cell[][] {
  return [
    [head, ...grid.across.map(nameOf)],
    ...grid.down.map((line): Cell[] => [nameOf(line), ...grid.across.map((one) => grid.at(line.id, one.id)?.rank ?? cellText(grid.at(line.id, one.id)))]),
  ]
}

export function blocksIn(units: MatrixUnit[], tree: TreeNode[]): TreeNode[] {
  const there = new Set(units.flatMap((unit) => unit.nodes.map((cell) => cell.node)))
  return tree.filter((node) => node.level === 1 && there.has(node.id))
}

export function hasIndividual(units: MatrixUnit[], tree: TreeNode[], group: Group | undefined): boolean {
  return !!group && nodesOf(units, tree, { block: '', kind: 'individual', down: '', sort: '', across: '' }).length > 0
}
