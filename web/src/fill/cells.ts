// The cells of the sheet that are typed in: which there are, what they say, and what a block that is pasted, or keys that clear, make of them. Pure.
import { withValue, type Entry, type Row } from './figures'

export const columns = ['value', 'note', 'source'] as const
export type Column = (typeof columns)[number]

export interface Spot {
  row: number
  column: number
}
export interface Range {
  from: Spot
  to: Spot // both inside
}

export function rangeOf(one: Spot, other: Spot): Range {
  return {
    from: { row: Math.min(one.row, other.row), column: Math.min(one.column, other.column) },
    to: { row: Math.max(one.row, other.row), column: Math.max(one.column, other.column) },
  }
}
export function isInside(range: Range, row: number, column: number): boolean {
  return row >= range.from.row && row <= range.to.row && column >= range.from.column && column <= range.to.column
}

export function cellText(row: Row, column: number, stateName: (state: 'na' | 'pending') => string): string {
  const name = columns[column]!
  return name === 'value' ? (row.mine.state ? stateName(row.mine.state) : row.mine.value) : row.mine[name]
}
export function withCell(row: Row, column: number, text: string): Entry {
  const name = columns[column]!
  return name === 'value' ? withValue(row, text) : { ...row.mine, [name]: text }
}

export interface Put {
  changes: Map<string, Entry>
  shut: number // cells that may not be filled in, or lie beside the sheet: left as they are
  below: number // rows of a block that has more of them than the sheet
}

// Texts into cells, row by row; a row is changed once, whatever number of its cells.
function put(rows: Row[], cells: Iterable<{ spot: Spot; text: string }>): Put {
  const changed = new Map<string, Row>()
  let shut = 0
  const below = new Set<number>()
  for (const { spot, text } of cells) {
    const row = rows[spot.row]
    if (!row) {
      if (text.trim() !== '') below.add(spot.row)
      continue
    }
    if (!row.isOpen || spot.column >= columns.length) {
      if (text.trim() !== '') shut++
      continue
    }
    const now = changed.get(row.key) ?? row
    changed.set(row.key, { ...now, mine: withCell(now, spot.column, text) })
  }
  return { changes: new Map([...changed].map(([key, row]) => [key, row.mine])), shut, below: below.size }
}

// A single text fills the range; a block begins at its first cell.
export function pasted(rows: Row[], range: Range, block: string[][]): Put {
  const isOne = block.length === 1 && block[0]!.length === 1
  const cells: { spot: Spot; text: string }[] = []
  if (isOne)
    for (let row = range.from.row; row <= range.to.row; row++)
      for (let column = range.from.column; column <= range.to.column; column++) cells.push({ spot: { row, column }, text: block[0]![0]! })
  else block.forEach((line, down) => line.forEach((text, right) => cells.push({ spot: { row: range.from.row + down, column: range.from.column + right }, text })))
  return put(rows, cells)
}
export function cleared(rows: Row[], range: Range): Put {
  return pasted(rows, range, [['']])
}
export function copied(rows: Row[], range: Range, stateName: (state: 'na' | 'pending') => string): string[][] {
  return rows.slice(range.from.row, range.to.row + 1).map((row) => columns.slice(range.from.column, range.to.column + 1).map((_, index) => cellText(row, range.from.column + index, stateName)))
}
