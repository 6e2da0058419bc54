// scheme.yaml read as plain values, and its methods changed in place: whatever is not touched stays byte for byte, comments and order too. Pure.
import { isMap, isPair, isScalar, parseDocument, stringify, type Pair, type YAMLMap } from 'yaml'
import type { Texts } from '../words'
import type { Parameters } from './method-kinds'

export interface SchemeHead {
  id: string
  title: Texts
  total: number
  groups: { id: string; title: Texts; total: number }[]
  methods: unknown
  defaults: { method: string; direction: string; missing: string; aggregate: string; root: string }
  elements: string[]
}
type Plain = Record<string, unknown>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)
const word = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
export function titleOf(value: unknown): Texts {
  if (!isPlain(value)) return word(value) === '' ? {} : { zh: word(value) }
  return Object.fromEntries(['zh', 'en'].filter((name) => word(value[name]) !== '').map((name) => [name, word(value[name])]))
}

// What cannot be read is empty: the server's findings say what is wrong with it.
export function headOf(yaml: string): SchemeHead {
  let all: unknown
  try {
    all = parseDocument(yaml).toJS()
  } catch {
    all = null
  }
  const scheme = isPlain(all) ? all : {}
  const defaults = isPlain(scheme.defaults) ? scheme.defaults : {}
  const scoring = isPlain(scheme.scoring) ? scheme.scoring : {}
  const total = typeof scoring.total === 'number' ? scoring.total : 100
  const groups = Array.isArray(scheme.groups) ? scheme.groups.filter(isPlain) : []
  return {
    id: word(scheme.id),
    title: titleOf(scheme.title),
    total,
    groups: groups.map((one) => ({ id: word(one.id), title: titleOf(one.title), total: typeof one.total === 'number' ? one.total : total })),
    methods: scheme.methods,
    defaults: { method: word(defaults.method), direction: word(defaults.direction) || 'up', missing: word(defaults.missing), aggregate: word(defaults.aggregate), root: word(defaults.root_aggregate) || word(defaults.aggregate) },
    elements: isPlain(scheme.elements) ? Object.keys(scheme.elements) : [],
  }
}

const flow = (value: unknown): string => stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trimEnd()
const keyOf = (pair: unknown): string => (isPair(pair) && isScalar(pair.key) ? String(pair.key.value) : '')
type Ranged = { range?: [number, number, number] | null }

// One method new or changed; null = the file cannot be read, so that nothing of it can be replaced.
export function withMethod(yaml: string, name: string, entry: { kind: string } & Parameters): string | null {
  const document = parseDocument(yaml)
  if (document.errors.length > 0 || !isMap(document.contents)) return null
  const root = document.contents as YAMLMap
  const eol = yaml.includes('\r\n') ? '\r\n' : '\n'
  const found = root.items.find((pair) => keyOf(pair) === 'methods') as Pair | undefined
  const methods = found?.value
  const line = `${flow(name)}: ${flow(entry)}`
  if (!isMap(methods)) {
    if (found && isScalar(methods) && methods.value !== null) return null
    if (found) {
      const at = (found.key as Ranged).range![1]
      const colon = yaml.indexOf(':', at) + 1
      return `${yaml.slice(0, colon)}${eol}  ${line}${yaml.slice(colon)}`
    }
    const end = yaml.endsWith('\n') || yaml === '' ? '' : eol
    return `${yaml}${end}methods:${eol}  ${line}${eol}`
  }
  const own = methods.items.find((pair) => keyOf(pair) === name) as Pair | undefined
  const range = (own?.value as Ranged | undefined)?.range
  if (own && range) {
    // A block ends with the line break after it, which stays.
    const end = yaml.slice(0, range[1]).trimEnd().length
    const isBlock = isMap(own.value) && !own.value.flow
    const begin = isBlock ? yaml.lastIndexOf(':', range[0]) + 1 : range[0]
    return `${yaml.slice(0, begin)}${isBlock ? ' ' : ''}${flow(entry)}${yaml.slice(Math.max(end, begin))}`
  }
  const last = methods.items[methods.items.length - 1] as Pair | undefined
  const lastRange = (last?.value as Ranged | undefined)?.range
  if (!last || !lastRange) {
    const at = methods.range![0]
    return methods.flow ? `${yaml.slice(0, at)}{${line}}${yaml.slice(methods.range![1])}` : null
  }
  if (methods.flow) return `${yaml.slice(0, lastRange[1])}, ${line}${yaml.slice(lastRange[1])}`
  const keyAt = (last.key as Ranged).range![0]
  const indent = yaml.slice(yaml.lastIndexOf('\n', keyAt - 1) + 1, keyAt)
  // Behind the last method and what stands on its line.
  const end = yaml.slice(0, lastRange[1]).trimEnd().length
  const next = yaml.indexOf('\n', end)
  return next < 0 ? `${yaml}${eol}${indent}${line}${eol}` : `${yaml.slice(0, next + 1)}${indent}${line}${eol}${yaml.slice(next + 1)}`
}
