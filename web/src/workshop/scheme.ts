// A scheme that is being written: the tables of its indicators and weights as a tree, and each change as another scheme. Pure.
import { headOf, withMethod, type SchemeHead } from './scheme-yaml'
import { cellOf, linesOf, tableOf, textOfTable, withCell, withoutRow, withRow, type Table } from './table'
import type { Writing } from './method-scheme'

// The texts of a scheme's files by their names in the package: scheme.yaml, indicators.csv, weights.csv, documents/…, mappings/….
export type Texts = Readonly<Record<string, string>>

export interface Scheme {
  texts: Texts
  head: SchemeHead
  indicators: Table
  weights: Table
  nodes: Node[] // in the order of the tree
  byId: Map<string, Node>
  given: Map<string, Given> // weights.csv, by `FOR INDICATOR`
}
export interface Node {
  id: string
  at: number // row of indicators.csv
  line: number
  level: number
  parent: string
  children: string[]
}
export interface Given {
  at: number
  line: number
  text: string
  weight: number
}

export const columns = ['id', 'name', 'name_en', 'parent', 'weight', 'kind', 'class', 'direction', 'method', 'value', 'accumulate', 'due', 'when', 'lo', 'hi', 'missing', 'treat', 'aggregate', 'decimals', 'frequency', 'order', 'source', 'verifier', 'measure', 'basis', 'evidence'] as const
export type Column = (typeof columns)[number]

const INDICATORS = 'indicators.csv'
const WEIGHTS = 'weights.csv'
const SCHEME = 'scheme.yaml'

// A number of a table; NaN = none.
export function numberOf(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : NaN
}

export function schemeOf(texts: Texts): Scheme {
  const indicators = tableOf(texts[INDICATORS] ?? '')
  const weights = tableOf(texts[WEIGHTS] ?? 'for,indicator,weight\n')
  const lines = linesOf(indicators)
  const rows = indicators.rows
    .map((row, at) => ({ id: cellOf(indicators, row, 'id').trim(), at, line: lines[at]!, parent: cellOf(indicators, row, 'parent').trim(), order: numberOf(cellOf(indicators, row, 'order')) }))
    .filter((row) => row.id !== '')
  const known = new Set(rows.map((row) => row.id))
  const below = new Map<string, typeof rows>()
  // A row whose parent is not there stands at the top, so that it can be mended.
  for (const row of rows) {
    const parent = known.has(row.parent) && row.parent !== row.id ? row.parent : ''
    below.set(parent, [...(below.get(parent) ?? []), row])
  }
  for (const [parent, all] of below) below.set(parent, [...all].sort((x, y) => (Number.isNaN(x.order) ? (Number.isNaN(y.order) ? 0 : 1) : Number.isNaN(y.order) ? -1 : x.order - y.order)))
  const nodes: Node[] = []
  const byId = new Map<string, Node>()
  const walk = (parent: string, level: number): void => {
    for (const row of below.get(parent) ?? []) {
      if (byId.has(row.id)) continue // twice the same id: the check says so
      const node = { id: row.id, at: row.at, line: row.line, level, parent, children: (below.get(row.id) ?? []).map((one) => one.id) }
      nodes.push(node)
      byId.set(row.id, node)
      walk(row.id, level + 1)
    }
  }
  walk('', 1)
  // Rows that are each other's parents are reached from nowhere.
  for (const row of rows) if (!byId.has(row.id)) {
    const node = { id: row.id, at: row.at, line: row.line, level: 1, parent: '', children: [] }
    nodes.push(node)
    byId.set(row.id, node)
  }
  const given = new Map<string, Given>()
  const weightLines = linesOf(weights)
  weights.rows.forEach((row, at) => {
    const text = cellOf(weights, row, 'weight')
    const key = `${cellOf(weights, row, 'for').trim()} ${cellOf(weights, row, 'indicator').trim()}`
    if (key !== ' ') given.set(key, { at, line: weightLines[at]!, text, weight: numberOf(text) })
  })
  return { texts, head: headOf(texts[SCHEME] ?? ''), indicators, weights, nodes, byId, given }
}

const withTables = (scheme: Scheme, tables: { indicators?: Table; weights?: Table; yaml?: string }): Scheme => {
  const texts = { ...scheme.texts }
  if (tables.indicators) texts[INDICATORS] = textOfTable(tables.indicators)
  if (tables.weights && (texts[WEIGHTS] !== undefined || tables.weights.rows.length > 0)) texts[WEIGHTS] = textOfTable(tables.weights)
  if (tables.yaml !== undefined) texts[SCHEME] = tables.yaml
  return schemeOf(texts)
}

export function fieldOf(scheme: Scheme, id: string, name: Column): string {
  const node = scheme.byId.get(id)
  return node ? cellOf(scheme.indicators, scheme.indicators.rows[node.at]!, name) : ''
}
export function isLeaf(scheme: Scheme, id: string): boolean {
  return (scheme.byId.get(id)?.children.length ?? 0) === 0
}
// Whether one stands below the other, or is it.
export function isWithin(scheme: Scheme, id: string, above: string): boolean {
  for (let at = id; at !== ''; at = scheme.byId.get(at)?.parent ?? '') if (at === above) return true
  return false
}

// Changes. What cannot be done gives the scheme back as it is.

export function setField(scheme: Scheme, id: string, name: Column, value: string): Scheme {
  const node = scheme.byId.get(id)
  if (!node || name === 'id' || fieldOf(scheme, id, name) === value) return scheme
  return withTables(scheme, { indicators: withCell(scheme.indicators, node.at, name, value) })
}
// The weight for a group ('group:ID') or a unit; '' takes the row away.
export function setWeight(scheme: Scheme, whom: string, id: string, value: string): Scheme {
  const given = scheme.given.get(`${whom} ${id}`)
  if (value === (given?.text ?? '') || !scheme.byId.has(id)) return scheme
  if (value === '') return withTables(scheme, { weights: withoutRow(scheme.weights, given!.at) })
  if (given) return withTables(scheme, { weights: withCell(scheme.weights, given.at, 'weight', value) })
  // Beside the rows of the same unit or group, where it has any.
  let before = scheme.weights.rows.length
  scheme.weights.rows.forEach((row, at) => {
    if (cellOf(scheme.weights, row, 'for').trim() === whom) before = at + 1
  })
  return withTables(scheme, { weights: withRow(scheme.weights, { for: whom, indicator: id, weight: value }, before) })
}

// What the rows below a block are ordered by: a number between its neighbours, if the scheme numbers them.
function orderBetween(scheme: Scheme, siblings: string[], at: number): { order: string; renumber: boolean } {
  const order = (index: number): number => (siblings[index] === undefined ? NaN : numberOf(fieldOf(scheme, siblings[index]!, 'order')))
  if (siblings.length > 0 && siblings.every((one) => Number.isNaN(numberOf(fieldOf(scheme, one, 'order'))))) return { order: '', renumber: at < siblings.length }
  const before = order(at - 1)
  const after = order(at)
  if (Number.isNaN(after)) return { order: Number.isNaN(before) ? '' : String(before + 1), renumber: false }
  if (Number.isNaN(before)) return { order: String(after - 1), renumber: false }
  return before < after ? { order: String((before + after) / 2), renumber: false } : { order: '', renumber: true }
}
// Below a parent ('' = at the top), at a place among its rows.
export function move(scheme: Scheme, id: string, parent: string, at: number): Scheme {
  const node = scheme.byId.get(id)
  if (!node || (parent !== '' && (!scheme.byId.has(parent) || isWithin(scheme, parent, id)))) return scheme
  const siblings = scheme.nodes.filter((one) => one.parent === parent && one.id !== id).map((one) => one.id)
  const place = Math.max(0, Math.min(at, siblings.length))
  const now = scheme.nodes.filter((one) => one.parent === parent).map((one) => one.id)
  if (node.parent === parent && now.indexOf(id) === place) return scheme
  const between = orderBetween(scheme, siblings, place)
  let table = withCell(scheme.indicators, node.at, 'parent', parent)
  if (between.renumber) [...siblings.slice(0, place), id, ...siblings.slice(place)].forEach((one, index) => (table = withCell(table, scheme.byId.get(one)!.at, 'order', String(index + 1))))
  else table = withCell(table, node.at, 'order', between.order)
  return withTables(scheme, { indicators: table })
}
export function shift(scheme: Scheme, id: string, by: 1 | -1): Scheme {
  const parent = scheme.byId.get(id)?.parent ?? ''
  const siblings = scheme.nodes.filter((one) => one.parent === parent).map((one) => one.id)
  const at = siblings.indexOf(id) + by
  return at < 0 || at >= siblings.length ? scheme : move(scheme, id, parent, at)
}

export type Wrong = 'id' | 'taken'
// An id that files may have: letters, digits, _ and -, beginning with a letter.
export function wrongId(scheme: Scheme, id: string): Wrong | '' {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(id)) return 'id'
  return scheme.byId.has(id) || id === 'total' || id === 'base' ? 'taken' : ''
}
// A row more, the last below its parent.
export function add(scheme: Scheme, id: string, name: string, parent: string, fields: Partial<Record<Column, string>> = {}): Scheme {
  if (wrongId(scheme, id) !== '') return scheme
  const siblings = scheme.nodes.filter((one) => one.parent === parent)
  const { order } = orderBetween(scheme, siblings.map((one) => one.id), siblings.length)
  const last = [...scheme.nodes].reverse().find((one) => parent !== '' && isWithin(scheme, one.id, parent))
  const before = last ? last.at + 1 : scheme.indicators.rows.length
  return withTables(scheme, { indicators: withRow(scheme.indicators, { ...fields, id, name, parent, order }, before) })
}
// A row and all below it, with their rows of weights.
export function remove(scheme: Scheme, id: string): Scheme {
  const gone = new Set(scheme.nodes.filter((one) => isWithin(scheme, one.id, id)).map((one) => one.id))
  if (gone.size === 0) return scheme
  const keep = (table: Table, name: string): Table => ({ ...table, rows: table.rows.filter((row) => !gone.has(cellOf(table, row, name).trim())) })
  return withTables(scheme, { indicators: keep(scheme.indicators, 'id'), weights: keep(scheme.weights, 'indicator') })
}
// Out of the scoring, with its figures and targets where they are: it weighs nothing for anybody.
export function retire(scheme: Scheme, id: string): Scheme {
  const node = scheme.byId.get(id)
  if (!node) return scheme
  const rows = scheme.weights.rows.filter((row) => cellOf(scheme.weights, row, 'indicator').trim() !== id)
  return withTables(scheme, { indicators: withCell(scheme.indicators, node.at, 'weight', '0'), weights: { ...scheme.weights, rows } })
}
export function isRetired(scheme: Scheme, id: string): boolean {
  return !(numberOf(fieldOf(scheme, id, 'weight')) > 0) && fieldOf(scheme, id, 'kind') !== 'individual' && ![...scheme.given].some(([key, one]) => key.endsWith(` ${id}`) && one.weight > 0)
}
// null = scheme.yaml cannot be written to.
export function setMethod(scheme: Scheme, id: string, writing: Writing): Scheme | null {
  const yaml = writing.entry ? withMethod(scheme.texts[SCHEME] ?? '', writing.name, writing.entry) : scheme.texts[SCHEME]
  const node = scheme.byId.get(id)
  if (yaml === null || yaml === undefined || !node) return null
  return withTables(scheme, { indicators: withCell(scheme.indicators, node.at, 'method', writing.name), ...(writing.entry ? { yaml } : {}) })
}
export function setText(scheme: Scheme, name: string, text: string): Scheme {
  return scheme.texts[name] === text ? scheme : schemeOf({ ...scheme.texts, [name]: text })
}
