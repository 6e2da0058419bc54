// Methods of scoring without their markup: kinds with their parameters as the server tells them (GET /methods), and values as scheme.yaml has them. Pure.
import { decimalOf } from '../fill/sheet'
import { quantile } from '../pages/indicator'
import type { Texts } from '../words'

export type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain }
export type Parameters = Record<string, Plain>

// A method of a scheme: its name there ('' = it has none yet), its kind, and its parameters as a YAML parser gives them: {low: 60, table: [[95, 100]], start_at: '60%'}.
export interface Method {
  id: string
  kind: string
  parameters: Parameters
}
// One that the scheme names already, and how many indicators are scored by it.
export interface NamedMethod extends Method {
  uses: number
}

export type ParameterType = 'number' | 'share' | 'flag' | 'word' | 'scores' | 'bands' | 'levels' | 'expression' | 'where' | 'unit'
export interface Parameter {
  name: string
  title?: Texts
  type: ParameterType
  needed: boolean
  default?: string
  lowest?: number
  highest?: number
  words?: string
  is?: Texts
}
export interface Kind {
  name: string
  title?: Texts
  score?: Texts
  down?: Texts
  notes?: Texts
  source?: Texts
  floor?: string
  parameters: Parameter[]
}
export interface Methods {
  methods: Kind[]
  parameters: Parameter[]
}

const ranks = ['rank', 'race']
const compares = ['range', 'zscore', 'rank', 'race', 'percentile', 'best', 'rule']

// What may be set of a kind: its own, then those of every kind that mean something to it.
export function parametersOf(kind: Kind, common: Parameter[]): Parameter[] {
  const means = (one: Parameter): boolean => (one.name === 'ties' ? ranks.includes(kind.name) : one.name === 'over' ? compares.includes(kind.name) : true)
  return [...kind.parameters, ...common.filter(means).map((one) => (one.name === 'floor' && kind.floor ? { ...one, default: kind.floor } : one))]
}
// The words that a parameter may be; bounds of its own are for one kind only.
export function wordsOf(kind: Kind, parameter: Parameter): string[] {
  const words = (parameter.words ?? '').split(' ').filter(Boolean)
  return parameter.name === 'over' && kind.name !== 'range' ? words.filter((one) => one !== 'fixed') : words
}

// What a kind begins with where something is needed: usual values, to be changed.
const beginnings: Record<string, Parameters> = {
  zscore: { mean: 75, sd: 10 },
  race: { step: 5 },
  bands: { table: [] },
  levels: { table: {} },
  deduct: { per: 5 },
  rule: { score: 'x' },
}
// Bands lie at the quarters of the figures that there are, levels are the codes that there are.
export function beginningOf(kind: string, figures: number[] = [], direction: 'up' | 'down' = 'up', codes: string[] = []): Parameters {
  const scores = [100, 80, 60]
  if (kind === 'bands' && figures.length > 1) {
    const bounds = [0.75, 0.5, 0.25].map((part) => Number(quantile(figures, direction === 'up' ? part : 1 - part)!.toPrecision(3)))
    if (new Set(bounds).size === bounds.length) return { table: bounds.map((bound, at) => [bound, scores[at]!]) }
  }
  if (kind === 'levels' && codes.length > 0) return { table: Object.fromEntries([...new Set(codes)].sort().map((code, at) => [code, Math.max(0, 100 - 20 * at)])) }
  return structuredClone(beginnings[kind] ?? {})
}

// The body of a question about it; without a parameter that is empty.
export function asYaml(method: Method): string {
  return JSON.stringify({ kind: method.kind, ...method.parameters })
}
export function withParameter(method: Method, name: string, value: Plain | undefined): Method {
  const { [name]: _, ...others } = method.parameters
  return { ...method, parameters: value === undefined ? others : { ...others, [name]: value } }
}
export function isSame(one: Method, other: Method): boolean {
  const sorted = (value: Parameters): string => JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
  return one.id === other.id && one.kind === other.kind && sorted(one.parameters) === sorted(other.parameters)
}

// Numbers as they are typed. `what` says what is wrong: it is none, or outside of its bounds.
export interface Typed {
  value?: number | string
  wrong?: 'number' | 'low' | 'high'
}
export function typedNumber(text: string, parameter: Pick<Parameter, 'type' | 'lowest' | 'highest'>): Typed {
  const isShare = parameter.type === 'share'
  const decimal = decimalOf(text, isShare ? '%' : '')
  if (decimal === null) return { wrong: 'number' }
  const isPercent = isShare && /[%％]\s*$/.test(text)
  const number = Number(decimal) / (isPercent ? 100 : 1)
  if (parameter.lowest !== undefined && number < parameter.lowest) return { wrong: 'low' }
  if (parameter.highest !== undefined && number > parameter.highest) return { wrong: 'high' }
  return { value: isPercent ? `${Number(decimal)}%` : Number(decimal) }
}
export function textOfValue(value: Plain | undefined): string {
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}

// Tables as rows of texts: scores by place have one column, the others two.
export function rowsOfTable(type: ParameterType, value: Plain | undefined): string[][] {
  if (type === 'scores') return Array.isArray(value) ? value.map((one) => [textOfValue(one)]) : []
  if (type === 'bands') return Array.isArray(value) ? value.map((one) => (Array.isArray(one) ? [textOfValue(one[0]), textOfValue(one[1])] : ['', ''])) : []
  return value && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value).map(([name, one]) => [name, textOfValue(one)]) : []
}
// The value of rows, and which cells are none, as 'row:column'; null = some are not, and there is no value.
export function tableOfRows(type: ParameterType, rows: string[][]): { value: Plain | null; wrong: Map<string, 'number' | 'empty' | 'twice'> } {
  const wrong = new Map<string, 'number' | 'empty' | 'twice'>()
  const number = (row: number, column: number): number => {
    const typed = typedNumber(rows[row]![column]!, { type: 'number' })
    if (typed.wrong) wrong.set(`${row}:${column}`, rows[row]![column]!.trim() === '' ? 'empty' : 'number')
    return Number(typed.value)
  }
  if (type === 'scores' || type === 'bands') {
    const value = rows.map((_, at): Plain => (type === 'scores' ? number(at, 0) : [number(at, 0), number(at, 1)]))
    return { value: wrong.size > 0 ? null : value, wrong }
  }
  const value: Record<string, Plain> = {}
  rows.forEach(([name, text], at) => {
    const key = name!.trim()
    if (key === '') wrong.set(`${at}:0`, 'empty')
    else if (Object.hasOwn(value, key)) wrong.set(`${at}:0`, 'twice')
    value[key] = type === 'levels' ? number(at, 1) : text!
    if (type === 'where' && text!.trim() === '') wrong.set(`${at}:1`, 'empty')
  })
  return { value: wrong.size > 0 ? null : value, wrong }
}
