import { describe, expect, it } from 'vitest'
import { methodNamed, namedOf, writingOf } from './method-scheme'

const yaml = { efficacy: { kind: 'range', low: 60, high: 100 }, pace: { kind: 'bands', table: [[9, 100]] }, broken: 'range', none: { low: 1 } }
const named = namedOf(yaml, ['efficacy', 'pace', 'efficacy', 'direct'])
const needs = ['zscore', 'bands']

describe('methods of a scheme', () => {
  it('has those that are methods, and how many indicators each is for', () => {
    expect(named.map((one) => [one.id, one.kind, one.uses])).toEqual([['efficacy', 'range', 2], ['pace', 'bands', 1]])
    expect([namedOf(undefined, []), namedOf([1], [])]).toEqual([[], []])
  })
  it('finds the method of a row: by its name, else by its kind', () => {
    expect(methodNamed('efficacy', named, ['range'])).toEqual({ id: 'efficacy', kind: 'range', parameters: { low: 60, high: 100 } })
    expect([methodNamed('direct', named, ['direct']), methodNamed('nothing', named, ['direct'])]).toEqual([{ id: '', kind: 'direct', parameters: {} }, null])
  })
  it('writes what is new or changed and nothing else', () => {
    const efficacy = { id: 'efficacy', kind: 'range', parameters: { low: 60, high: 100 } }
    expect(writingOf(efficacy, named, needs)).toEqual({ name: 'efficacy', entry: null })
    expect(writingOf({ ...efficacy, parameters: { low: 50 } }, named, needs)).toEqual({ name: 'efficacy', entry: { kind: 'range', low: 50 } })
    expect(writingOf({ ...efficacy, id: '', parameters: { high: 100, low: 60 } }, named, needs)).toEqual({ name: 'efficacy', entry: null })
    expect(writingOf({ id: '', kind: 'direct', parameters: {} }, named, needs)).toEqual({ name: 'direct', entry: null })
    expect(writingOf({ id: '', kind: 'zscore', parameters: { mean: 75, sd: 10 } }, named, needs)).toEqual({ name: 'zscore_1', entry: { kind: 'zscore', mean: 75, sd: 10 } })
  })
  it('gives a name that nobody has, also where a method is called as its kind', () => {
    const taken = namedOf({ range: { kind: 'range', low: 60 }, range_1: { kind: 'range', low: 70 } }, [])
    expect(writingOf({ id: '', kind: 'range', parameters: {} }, taken, needs)).toEqual({ name: 'range_2', entry: { kind: 'range' } })
    expect(writingOf({ id: '', kind: 'bands', parameters: {} }, [], needs).name).toBe('bands_1')
  })
})
