import { describe, expect, it } from 'vitest'
import indicatorsText from '../../../examples/city/indicators.csv?raw'
import schemeText from '../../../examples/city/scheme.yaml?raw'
import unitsText from '../../../examples/city/units.csv?raw'
import weightsText from '../../../examples/city/weights.csv?raw'
import { add, fieldOf, isRetired, move, remove, retire, schemeOf, setField, setMethod, setWeight, shift, wrongId, type Scheme } from './scheme'
import { gapOf, sumsOf, weightFor, type Unit } from './sums'
import { cellOf, tableOf } from './table'

const city = schemeOf({ 'scheme.yaml': schemeText, 'indicators.csv': indicatorsText, 'weights.csv': weightsText })
const table = tableOf(unitsText)
const units: Unit[] = table.rows.map((row) => ({ id: cellOf(table, row, 'id'), name: cellOf(table, row, 'name'), group: cellOf(table, row, 'group') })).filter((unit) => unit.group !== '')
const offs = (scheme: Scheme): string[] => [...sumsOf(scheme, units)].flatMap(([block, of]) => [...of].filter(([, sum]) => sum.isOff).map(([group, sum]) => `${block} ${group} ${gapOf(sum)}`))
const changed = (one: Scheme, other: Scheme): string[] => Object.keys(other.texts).flatMap((name) => other.texts[name]!.split('\n').filter((line) => !(one.texts[name] ?? '').split('\n').includes(line)))

describe('a scheme as a tree', () => {
  it('has the rows in their order, with their lines', () => {
    expect(city.nodes.slice(0, 3).map((node) => [node.id, node.level, node.line])).toEqual([['economy', 1, 2], ['gdp_growth', 2, 3], ['industry_growth', 2, 4]])
    expect(city.nodes.length).toBe(97)
  })
  it('shows rows whose parent is none or each other, and blank files', () => {
    const odd = schemeOf({ 'indicators.csv': 'id,name,parent,weight\na,A,b,1\nb,B,a,1\nc,C,nowhere,1\nc,again,,1\n' })
    expect(odd.nodes.map((node) => node.id)).toEqual(['c', 'a', 'b'])
    expect(schemeOf({}).nodes).toEqual([])
  })
  it('changes one row of one file', () => {
    const other = setField(city, 'gdp_growth', 'weight', '7')
    expect(changed(city, other)).toEqual([indicatorsText.split('\n')[2]!.replace('economy,4', 'economy,7')])
    expect(setField(city, 'gdp_growth', 'weight', '4')).toBe(city)
    expect(setField(city, 'nobody', 'weight', '4')).toBe(city)
  })
  it('gives a group other weights, and takes them back', () => {
    expect(changed(city, setWeight(city, 'group:zone', 'economy', '25'))).toEqual(['group:zone,economy,25'])
    const more = setWeight(city, 'group:district', 'economy', '30')
    expect(weightFor(more, 'economy', 'district')).toBe(30)
    expect(setWeight(more, 'group:district', 'economy', '').texts).toEqual(city.texts)
  })
  it('adds, moves and removes rows with all that hangs on them', () => {
    const more = add(city, 'green_power', '绿电, 占比', 'environment', { kind: 'common', weight: '2' })
    expect([fieldOf(more, 'green_power', 'name'), more.byId.get('green_power')!.parent]).toEqual(['绿电, 占比', 'environment'])
    expect(changed(city, more).length).toBe(1)
    expect(more.byId.get('environment')!.children.slice(-1)).toEqual(['green_power'])
    const up = shift(more, 'green_power', -1)
    expect(up.byId.get('environment')!.children.slice(-2)[0]).toBe('green_power')
    expect(changed(more, up).length).toBe(1)
    expect(move(up, 'environment', 'green_power', 0)).toBe(up)
    const moved = move(up, 'green_power', '', 0)
    expect(moved.nodes[0]!.id).toBe('green_power')
    expect(remove(more, 'green_power').texts).toEqual(city.texts)
    expect(remove(city, 'economy').nodes.some((node) => node.parent === 'economy')).toBe(false)
    expect([...remove(city, 'economy').given.keys()].some((key) => key.endsWith(' gdp_growth'))).toBe(false)
  })
  it('numbers the rows where their order leaves no room between', () => {
    const flat = schemeOf({ 'indicators.csv': 'id,name,weight\na,A,1\nb,B,1\nc,C,1\n' })
    expect(shift(flat, 'c', -1).nodes.map((node) => node.id)).toEqual(['a', 'c', 'b'])
    expect(shift(flat, 'a', -1)).toBe(flat)
  })
  it('retires an indicator: it weighs nothing for anybody', () => {
    const off = retire(city, 'gdp_growth')
    expect([isRetired(city, 'gdp_growth'), isRetired(off, 'gdp_growth'), weightFor(off, 'gdp_growth', 'zone')]).toEqual([false, true, 0])
    expect(isRetired(city, 'duties')).toBe(false)
  })
  it('sets a method in the row and in scheme.yaml', () => {
    const other = setMethod(city, 'gdp_growth', { name: 'bands_1', entry: { kind: 'bands', table: [[5, 100]] } })!
    expect(changed(city, other).length).toBe(2)
    expect(fieldOf(other, 'gdp_growth', 'method')).toBe('bands_1')
  })
  it('takes no id twice and none that a rule cannot name', () => {
    expect(['gdp_growth', 'total', '1a', 'a-b', '绿电', 'new_one'].map((id) => wrongId(city, id))).toEqual(['taken', 'taken', 'id', 'id', 'id', ''])
  })
})

describe('sums of weights', () => {
  it('add up in the example', () => {
    expect(offs(city)).toEqual([])
    const sums = sumsOf(city, units)
    expect([sums.get('')!.get('district'), sums.get('')!.get('zone')!.low]).toMatchObject([{ low: 100, high: 100, whole: 100 }, 100])
  })
  it('say what is missing or too much, where', () => {
    expect(offs(setField(city, 'gdp_growth', 'weight', '5'))).toEqual(['economy district 1'])
    expect(offs(setWeight(city, 'group:zone', 'economy', '44'))).toContain(' zone -1')
    const unit = setWeight(city, 'yunhu', 'gdp_growth', '3')
    expect(offs(unit)).toEqual(['economy district -1'])
    expect(sumsOf(unit, units).get('economy')!.get('district')!.off.map((one) => one.unit.id)).toEqual(['yunhu'])
  })
  it('are free of the last digits of fractions', () => {
    const scheme = schemeOf({ 'scheme.yaml': 'groups: [{id: g}]', 'indicators.csv': 'id,name,weight\na,A,0.1\nb,B,0.2\nc,C,0.7\n' })
    expect(sumsOf(scheme, []).get('')!.get('g')).toMatchObject({ low: 1, isOff: false })
  })
})
