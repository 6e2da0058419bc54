// What the weights of a block's parts add up to, for each group and for units with weights of their own, and whether that is the whole: the same rule as the check's LINT_WEIGHTS_SUM (src/analyse/lint_weights.c). Pure.
import { fieldOf, isLeaf, numberOf, type Node, type Scheme } from './scheme'

export interface Unit {
  id: string
  name: string
  group: string
}
export interface Sum {
  low: number
  high: number // another than low where units of the group differ
  whole: number // what was meant; NaN = nothing is expected
  isOff: boolean
  isGroupOff: boolean // whoever has no row of their own
  gap: number // of the group as such
  off: { unit: Unit; sum: number; whole: number }[] // units that are off, of those with rows of their own; empty where the group as such is
}
export type Sums = Map<string, Map<string, Sum>> // by block ('' = the total), by group

// Weights as the scoring takes them: a unit's own row before its group's, that before indicators.csv.
export function weightFor(scheme: Scheme, id: string, group: string, unit = ''): number {
  const own = unit === '' ? undefined : scheme.given.get(`${unit} ${id}`)
  const given = own ?? scheme.given.get(`group:${group} ${id}`)
  if (given) return given.weight
  return fieldOf(scheme, id, 'kind') === 'individual' ? 0 : numberOf(fieldOf(scheme, id, 'weight'))
}

export const isEqual = (x: number, y: number): boolean => Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x), Math.abs(y))
// A sum without the last digits of binary fractions.
export const tidy = (sum: number): number => Number(sum.toPrecision(12))

interface Part {
  id: string
  own: number // in indicators.csv
}
interface Added {
  weight: number
  restored: number
  count: number
  isEqual: boolean
}
function addUp(scheme: Scheme, parts: Part[], group: string, unit: string): Added {
  const sum: Added = { weight: 0, restored: 0, count: 0, isEqual: true }
  let first = NaN
  for (const part of parts) {
    const weight = weightFor(scheme, part.id, group, unit)
    if (Number.isNaN(weight)) continue
    sum.weight += weight
    sum.restored += weight > 0 ? weight : part.own || 0
    if (!(weight > 0)) continue
    if (sum.count++ === 0) first = weight
    sum.isEqual = sum.isEqual && isEqual(first, weight)
  }
  sum.weight = tidy(sum.weight)
  sum.restored = tidy(sum.restored)
  return sum
}

const ways = ['hundred', 'one', 'block'] as const
type Way = (typeof ways)[number]

// Whether the block, and each above it, weighs anything for the unit.
function isFor(scheme: Scheme, block: string, group: string, unit: string): boolean {
  for (let at = block; at !== ''; at = scheme.byId.get(at)?.parent ?? '') if (weightFor(scheme, at, group, unit) === 0) return false
  return true
}

export function sumsOf(scheme: Scheme, units: Unit[]): Sums {
  const groups = scheme.head.groups
  const withRows = new Set([...scheme.given.keys()].map((key) => key.slice(0, key.indexOf(' '))))
  const special = new Map(groups.map((group) => [group.id, units.filter((unit) => unit.group === group.id && withRows.has(unit.id))]))
  // Whoever has no row of their own is as the group.
  const plain = new Map(groups.map((group) => [group.id, units.filter((unit) => unit.group === group.id && !withRows.has(unit.id)).length]))
  const blocks = ['', ...scheme.nodes.filter((node) => !isLeaf(scheme, node.id)).map((node) => node.id)]
  const childrenOf = (block: string): Node[] => scheme.nodes.filter((node) => node.parent === block)
  const partsOf = new Map(blocks.map((block): [string, Part[]] => [block, childrenOf(block).filter((node) => fieldOf(scheme, node.id, 'class') !== 'gate' || numberOf(fieldOf(scheme, node.id, 'weight')) > 0).map((node) => ({ id: node.id, own: numberOf(fieldOf(scheme, node.id, 'weight')) }))]))
  const wholeOf = (block: string, group: string, unit: string, way: Way): number => (way === 'hundred' ? 100 : way === 'one' ? 1 : block === '' ? (groups.find((one) => one.id === group)?.total ?? scheme.head.total) : weightFor(scheme, block, group, unit))
  const isWhole = (block: string, group: string, unit: string, sum: Added, way: Way): boolean => {
    const whole = wholeOf(block, group, unit, way)
    const own = block === '' ? NaN : numberOf(fieldOf(scheme, block, 'weight'))
    return isEqual(sum.weight, whole) || isEqual(sum.restored, whole) || (way === 'block' && (isEqual(sum.weight, own) || isEqual(sum.restored, own)))
  }
  const isBlock = (block: string): boolean => {
    const aggregate = block === '' ? scheme.head.defaults.root : fieldOf(scheme, block, 'aggregate') || scheme.head.defaults.aggregate
    return (partsOf.get(block)?.length ?? 0) > 1 && !['sum', 'min'].includes(aggregate)
  }
  const told = new Map<string, { group: string; unit: Unit | null; count: number; sum: Added }[]>()
  const fits: Record<Way, number> = { hundred: 0, one: 0, block: 0 }
  for (const block of blocks) {
    const all = groups.flatMap((group) => {
      const own = (special.get(group.id) ?? []).map((unit) => ({ group: group.id, unit, count: 1, sum: addUp(scheme, partsOf.get(block)!, group.id, unit.id) }))
      const rest = plain.get(group.id)!
      return rest > 0 || own.length === 0 ? [{ group: group.id, unit: null, count: Math.max(1, rest), sum: addUp(scheme, partsOf.get(block)!, group.id, '') }, ...own] : own
    })
    const here = all.filter((one) => one.sum.count > 0 && isFor(scheme, block, one.group, one.unit?.id ?? ''))
    told.set(block, here)
    if (!isBlock(block)) continue
    let fitting = 0
    let among = 0
    const by = new Set<Way>()
    for (const one of here) {
      const fit = ways.filter((way) => isWhole(block, one.group, one.unit?.id ?? '', one.sum, way))
      among += one.count
      if (fit.length > 0) fitting += one.count
      for (const way of fit) by.add(way)
    }
    if (fitting > 0 && 2 * fitting >= among) for (const way of by) fits[way]++
  }
  const held = blocks.filter(isBlock).length
  const most = Math.max(...ways.map((way) => fits[way]))
  const meant = held === 1 && most === 0 ? (['hundred'] as Way[]) : most > 0 && 2 * most >= held ? ways.filter((way) => fits[way] === most) : []
  const out: Sums = new Map()
  for (const block of blocks) {
    const of = new Map<string, Sum>()
    for (const group of groups) {
      const here = (told.get(block) ?? []).filter((one) => one.group === group.id)
      if (here.length === 0) continue
      const sum: Sum = { low: Infinity, high: -Infinity, whole: NaN, isOff: false, isGroupOff: false, gap: 0, off: [] }
      for (const one of here) {
        sum.low = Math.min(sum.low, one.sum.weight)
        sum.high = Math.max(sum.high, one.sum.weight)
        if (!isBlock(block) || meant.length === 0 || one.sum.isEqual || one.sum.count < 2) continue
        const unit = one.unit?.id ?? ''
        const whole = meant.map((way) => wholeOf(block, group.id, unit, way)).sort((x, y) => Math.abs(x - one.sum.weight) - Math.abs(y - one.sum.weight))[0]!
        if (Number.isNaN(sum.whole)) sum.whole = whole
        if (ways.some((way) => isWhole(block, group.id, unit, one.sum, way))) continue
        sum.isOff = true
        if (one.unit) sum.off.push({ unit: one.unit, sum: one.sum.weight, whole })
        else {
          sum.isGroupOff = true
          sum.gap = tidy(one.sum.weight - whole)
          sum.whole = whole
        }
      }
      of.set(group.id, sum)
    }
    out.set(block, of)
  }
  return out
}
// How much is missing (below 0) or too much, of the group as such or of its first unit that is off; 0 = it adds up, or nothing is expected.
export function gapOf(sum: Sum): number {
  const first = sum.off[0]
  return sum.isGroupOff ? sum.gap : first ? tidy(first.sum - first.whole) : 0
}
