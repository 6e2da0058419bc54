import { describe, expect, it } from 'vitest'
import { offsetOf, optionsOf, rangeOf, tokenOf, written } from './rule-language'

describe('names', () => {
  it('stand in backquotes where they are no plain names', () => {
    expect(['gdp', '地区生产总值', '320200', 'a-b', 'and'].map(written)).toEqual(['gdp', '地区生产总值', '`320200`', '`a-b`', '`and`'])
  })
})

describe('where a finding stands', () => {
  it('counts characters, not units', () => {
    expect(offsetOf('𠮷 + x', 5)).toBe(5)
    expect(offsetOf('产值 / x', 6)).toBe(5)
  })
  it('is the word that begins there', () => {
    expect(rangeOf('gdp / peopel', 7)).toEqual({ from: 6, to: 12 })
    expect(rangeOf('a >= b', 3)).toEqual({ from: 2, to: 4 })
    expect(rangeOf('of(gdp, `3-2`)', 9)).toEqual({ from: 8, to: 13 })
  })
  it('is the last character where the text ends early, and all of it where nothing is said', () => {
    expect(rangeOf('gdp /', 6)).toEqual({ from: 4, to: 5 })
    expect(rangeOf('', 1)).toEqual({ from: 0, to: 0 })
    expect(rangeOf('a + b', null)).toEqual({ from: 0, to: 5 })
  })
})

describe('tokens', () => {
  it('are told apart', () => {
    const kinds = ['12.5% ', 'yoy (gdp)', 'gdp)', 'and b', "'good'", '`a-b`', '>= 3', ')', '产值/人口'].map((text) => tokenOf(text))
    expect(kinds.map((one) => one.kind)).toEqual(['number', 'function', 'name', 'word', 'text', 'quoted', 'operator', 'other', 'name'])
    expect(kinds.map((one) => one.size)).toEqual([5, 3, 3, 3, 6, 5, 2, 1, 2])
  })
  it('go on behind characters outside of the plane', () => {
    expect(tokenOf('😀x').size).toBe(2)
  })
})

describe('options', () => {
  it('are those of the place', () => {
    const texts = { zh: '数', en: 'number' }
    const options = optionsOf(
      [{ name: 'event', usage: 'event(item)', is: texts, places: ['value'] }, { name: 'node', usage: 'node(id)', is: texts, places: ['grades'] }],
      [{ name: 'x', is: texts, places: ['when'] }],
      [{ kind: 'element', id: '3-2', name: '产值' }, { kind: 'code', id: 'good' }],
      'value',
      (one) => one.zh ?? '',
    )
    expect(options.map((one) => one.apply)).toEqual(['`3-2`', "'good'", 'event('])
    expect(options[2]!.detail).toBe('event(item)')
  })
})
