import { describe, expect, it } from 'vitest'
import { asYaml, beginningOf, isSame, parametersOf, rowsOfTable, tableOfRows, typedNumber, withParameter, wordsOf, type Kind, type Parameter } from './method-kinds'

const common: Parameter[] = [
  { name: 'over', type: 'word', needed: false, default: 'group', words: 'group all panel fixed' },
  { name: 'ties', type: 'word', needed: false, words: 'min dense max average' },
  { name: 'floor', type: 'number', needed: false },
  { name: 'cap', type: 'number', needed: false },
]
const kind = (name: string, more: Partial<Kind> = {}): Kind => ({ name, parameters: [], ...more })
const share = { type: 'share' as const, lowest: 0, highest: 2 }

describe('methods', () => {
  it('offers what means something to the kind, and the least score that it has by itself', () => {
    const names = (of: Kind): string[] => parametersOf(of, common).map((one) => one.name)
    expect([names(kind('range')), names(kind('race')), names(kind('bands'))]).toEqual([
      ['over', 'floor', 'cap'],
      ['over', 'ties', 'floor', 'cap'],
      ['floor', 'cap'],
    ])
    expect(parametersOf(kind('race', { floor: '0' }), common).find((one) => one.name === 'floor')!.default).toBe('0')
    expect([wordsOf(kind('range'), common[0]!), wordsOf(kind('zscore'), common[0]!)]).toEqual([['group', 'all', 'panel', 'fixed'], ['group', 'all', 'panel']])
  })
  it('reads numbers as offices type them, within their bounds', () => {
    const number = { type: 'number' as const }
    expect(['60', '６０．５', '1,200', '-3', '', 'sixty', '60%'].map((text) => typedNumber(text, number))).toEqual([
      { value: 60 },
      { value: 60.5 },
      { value: 1200 },
      { value: -3 },
      { wrong: 'number' },
      { wrong: 'number' },
      { wrong: 'number' },
    ])
    expect(typedNumber('-1', { ...number, lowest: 0 })).toEqual({ wrong: 'low' })
    expect(['60%', '0.6', '60', '300％'].map((text) => typedNumber(text, share))).toEqual([{ value: '60%' }, { value: 0.6 }, { wrong: 'high' }, { wrong: 'high' }])
  })
  it('has tables as rows and back, and tells which cells are none', () => {
    for (const [type, value] of [
      ['scores', [100, 90, 80]],
      ['bands', [[95, 100], [90.5, 85]]],
      ['levels', { A: 100, 'B+': 80 }],
      ['where', { p: '100*x/target' }],
    ] as const)
      expect(tableOfRows(type, rowsOfTable(type, JSON.parse(JSON.stringify(value))))).toEqual({ value, wrong: new Map() })
    expect(tableOfRows('bands', [['95', ''], ['x', '1']])).toEqual({ value: null, wrong: new Map([['0:1', 'empty'], ['1:0', 'number']]) })
    expect([...tableOfRows('levels', [['A', '1'], ['A', '2'], ['', '3']]).wrong]).toEqual([['1:0', 'twice'], ['2:0', 'empty']])
    expect([...tableOfRows('levels', [['toString', '1']]).wrong]).toEqual([])
    expect(rowsOfTable('bands', undefined)).toEqual([])
  })
  it('sets, leaves out and compares parameters', () => {
    const method = { id: 'pace', kind: 'range', parameters: { low: 60, high: 100 } }
    expect(asYaml(method)).toBe('{"kind":"range","low":60,"high":100}')
    expect(withParameter(method, 'low', undefined).parameters).toEqual({ high: 100 })
    expect(isSame(withParameter(withParameter(method, 'low', undefined), 'low', 60), method)).toBe(true)
    expect(isSame(withParameter(method, 'low', 50), method)).toBe(false)
    beginningOf('bands').table = null
    expect(beginningOf('bands')).toEqual({ table: [] })
  })
  it('begins bands at the quarters of the figures, and levels with the codes that there are', () => {
    const figures = [1, 2, 3, 4, 5]
    expect([beginningOf('bands', figures), beginningOf('bands', figures, 'down'), beginningOf('bands', [3, 3, 3])]).toEqual([{ table: [[4, 100], [3, 80], [2, 60]] }, { table: [[2, 100], [3, 80], [4, 60]] }, { table: [] }])
    expect(beginningOf('levels', [], 'up', ['B', 'A', 'B'])).toEqual({ table: { A: 100, B: 80 } })
  })
})
