import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import city from '../../../examples/city/scheme.yaml?raw'
import { headOf, withMethod } from './scheme-yaml'

describe('scheme.yaml', () => {
  it('says groups, totals and defaults', () => {
    const head = headOf(city)
    expect([head.id, head.total, head.groups.map((one) => one.id), head.defaults.method]).toEqual(['yunlan-2021', 100, ['district', 'zone', 'dept_party', 'dept_gov', 'dept_public', 'firm'], 'efficacy'])
    expect(head.groups[0]!.title).toEqual({ zh: '市（县）区', en: 'Districts' })
    expect([headOf('').groups, headOf('a: [').id, headOf('title: x').title]).toEqual([[], '', { zh: 'x' }])
  })
  it('changes one method and nothing else of the file', () => {
    const changed = withMethod(city, 'efficacy', { kind: 'range', over: 'group', low: 50, high: 100 })!
    expect(changed).toBe(city.replace('efficacy: {kind: range, over: group, low: 60, high: 100}', 'efficacy: {kind: range, over: group, low: 50, high: 100}'))
    const long = withMethod(city, 'slopes', { kind: 'rule', score: 'x' })!
    expect(parse(long).methods.slopes).toEqual({ kind: 'rule', score: 'x' })
    expect([long.split('\n').length, long.includes('\n  control: {kind: rule')]).toEqual([city.split('\n').length - 1, true])
  })
  it('adds a method behind the last one', () => {
    const added = withMethod(city, 'bands_1', { kind: 'bands', table: [[90, 100], [80, 60]] })!
    expect(added.replace('  bands_1: {kind: bands, table: [[90, 100], [80, 60]]}\n', '')).toBe(city)
    expect(parse(added).methods.bands_1.table).toEqual([[90, 100], [80, 60]])
  })
  it('knows blocks, flows, and files without methods', () => {
    const entry = { kind: 'pass' }
    expect(withMethod('methods:\n  a:\n    kind: range\n    low: 1 # why\n  b: {kind: pass}\ngroups: []\n', 'a', entry)).toMatch(/^methods:\n  a: \{kind: pass\}.*\n  b: \{kind: pass\}\ngroups: \[\]\n$/)
    expect(withMethod('methods: {a: {kind: pass}}\n', 'b', entry)).toBe('methods: {a: {kind: pass}, b: {kind: pass}}\n')
    expect(withMethod('methods: {}\n', 'b', entry)).toBe('methods: {b: {kind: pass}}\n')
    expect(withMethod('methods:\nid: x\n', 'b', entry)).toBe('methods:\n  b: {kind: pass}\nid: x\n')
    expect(withMethod('id: x', 'b', entry)).toBe('id: x\nmethods:\n  b: {kind: pass}\n')
    expect([withMethod('a: [', 'b', entry), withMethod('methods: 3\n', 'b', entry)]).toEqual([null, null])
  })
  it('writes names and texts so that they read back', () => {
    const hostile = { kind: 'rule', score: 'if(x > 1, "a: b", \'c\') # no comment', where: { p: '{x}' } }
    expect(parse(withMethod(city, 'odd', hostile)!).methods.odd).toEqual(hostile)
  })
})
