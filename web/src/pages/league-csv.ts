// The league table as it stands on the page, for a spreadsheet: the rows that are shown in their order, what a bar shows as numbers. Pure.
import type { Group, ResultRow, ResultUnit, TreeNode } from '../api'
import type { Cell } from '../csv'
import { figure } from '../figures'
import type { Row } from './league'

export interface Words {
  rank: string
  change: string
  unit: string
  score: string
  value: string // '' = the page has no column of figures
  grade: string
  fresh: string
  why: Record<'na' | 'pending' | 'missing', string>
  nodeName: (id: string) => string
  unitName: (unit: ResultUnit) => string
  ratingName: (index: number) => string
  gradeName: (id: string | undefined) => string
}

// Why there are no points: a word, never 0.
export function pointsOrWhy(node: ResultRow | undefined, decimals: number, why: Words['why']): Cell {
  if (node === undefined) return null
  if (node.points !== undefined) return figure(node.points, decimals)
  const note = (['na', 'pending', 'missing'] as const).find((one) => node.notes?.includes(one))
  return note ? why[note] : null
}

function changeCell(row: Row, fresh: string): Cell {
  if (row.change.kind === 'none') return null
  if (row.change.kind === 'fresh') return fresh
  return row.change.kind === 'down' ? -row.change.count : row.change.count
}

export function sheetOf(rows: Row[], group: Group, blocks: TreeNode[], words: Words): Cell[][] {
  const head: Cell[] = [words.rank, words.change, words.unit]
  if (words.value) head.push(words.value)
  head.push(words.score, ...blocks.map((block) => words.nodeName(block.id)), ...group.ratings.map((_, index) => words.ratingName(index)))
  if (group.grades.length > 0) head.push(words.grade)
  const body = rows.map((row): Cell[] => {
    const cells: Cell[] = [row.rank, changeCell(row, words.fresh), words.unitName(row.unit)]
    if (words.value) cells.push(row.node?.value ?? null)
    cells.push(row.score === null ? null : figure(row.score, group.decimals))
    for (const block of blocks) cells.push(pointsOrWhy(row.blocks.find((one) => one.node === block.id), group.decimals, words.why))
    const isRated = row.counts.some((count) => count > 0)
    cells.push(...row.counts.map((count) => (isRated ? count : null)))
    if (group.grades.length > 0) cells.push(words.gradeName(row.unit.grade) || null)
    return cells
  })
  return [head, ...body]
}
