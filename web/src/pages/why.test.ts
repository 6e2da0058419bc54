import { describe, expect, it } from 'vitest'
import type { TreeNode } from '../api'
import { above, cohortWord, inputsOf, marksOf, receiptOf, shortened, stepsOf, type Line, type Revision } from './why'

const node = (id: string, level: number): TreeNode => ({ id, name: {}, level, leaf: level === 2, individual: false })
const tree = [node('total', 0), node('economy', 1), node('gdp', 2), node('reform', 1), node('service', 2)]
const fact = (position: number) => ({ position, time: '2021-09-03T02:11:40.007Z', receipt: 'ab' })

describe('why this score', () => {
  it('finds what stands above a node', () => {
    expect(above(tree, 'service').map((one) => one.id)).toEqual(['total', 'reform'])
    expect(above(tree, 'total')).toEqual([])
    expect(above(tree, 'nothing')).toEqual([])
  })
  it('shortens long numbers, and leaves names, short ones and exponents as they are', () => {
    expect(shortened('60 + (100 - 60) × (9.901286677105304 - 7.93) / 2')).toBe('60 + (100 - 60) × (9.9013 - 7.93) / 2')
    expect(shortened('yoy(0.0123456789)')).toBe('yoy(0.01235)')
    expect(shortened('x1.234567 1.234567e-10 0.00000012345678 0.00000123456 （2021.123456）')).toBe('x1.234567 1.234567e-10 0.00000012345678 0.000001235 （2021.1235）')
    expect(shortened('得分92.30000001')).toBe('得分92.30000001')
    expect(shortened('90.00001')).toBe('90')
  })
  it('collects the figures of the unit itself, each once, with the period of the line above', () => {
    const figure = (position: number, more: Partial<Line> = {}): Line => ({ kind: 'figure', formula: 'gdp', value: 1, observation: { fact: fact(position) }, ...more })
    const line: Line = {
      kind: 'node',
      id: 'gdp',
      period: '2021-08',
      lines: [
        { kind: 'value', period: '2021-Q2', lines: [figure(1, { period: '2020-Q2' }), figure(2), figure(2)] },
        { kind: 'method', lines: [{ kind: 'cohort', word: 'all', lines: [{ kind: 'lowest', unit: 'b', lines: [{ kind: 'value', lines: [figure(3)] }] }] }] },
        { kind: 'imported', unit: { id: 'a' }, lines: [figure(4)] },
        { kind: 'node', id: 'below', lines: [figure(5)] },
        figure(6, { observation: { file: 'observations.csv', row: 7, source: '月报' }, value: undefined }),
      ],
    }
    expect(inputsOf(line, 'a').map((one) => [one.fact?.position, one.period, one.value])).toEqual([[1, '2020-Q2', 1], [2, '2021-Q2', 1], [undefined, '2021-08', null]])
    expect(inputsOf(line, 'a')[2]).toMatchObject({ place: { file: 'observations.csv', row: 7 }, source: '月报' })
    expect(cohortWord(line)).toBe('all')
    expect(cohortWord({ kind: 'node', lines: [{ kind: 'node', lines: [{ kind: 'cohort', word: 'all' }] }] })).toBe('')
  })
  it('tells who did what last, and forgets what a return undid', () => {
    const at = (stage: string, actor: string, name: string | null = null): Revision => ({ time: stage, actor, actor_name: name, fields: { stage } })
    const first = [at('draft', 'x'), at('signed', 'y'), at('submitted', 'x'), at('returned', 'z')]
    expect(stepsOf(first)).toEqual({ draft: { who: 'x', time: 'draft' } })
    expect(stepsOf([...first, at('draft', 'x2'), at('signed', 'y', '赵青'), at('submitted', 'x'), at('verified', 'z'), at('accepted', 'l')])).toMatchObject({ draft: { who: 'x2' }, signed: { who: '赵青' }, verified: { who: 'z' }, accepted: { who: 'l' } })
    expect(stepsOf([])).toEqual({})
  })
  it('reads a receipt', () => {
    expect(receiptOf('baton-receipt 1\r\nsize: 7\r\ntime: T\r\nroot: 21\r\nleaf: ef\r\nproof: 1\r\nproof: 2\r\n')).toEqual({ size: '7', time: 'T', root: '21', leaf: 'ef', proof: 2 })
  })
  it('compares by figures, by scores where there are none, and leaves out who has nothing', () => {
    const unit = (id: string, value: number | string | undefined, score: number | undefined) => ({ id, of: 3, nodes: [{ node: 'gdp', level: 2, of: 3, value, score }] })
    expect(marksOf([unit('a', 3, 80), unit('b', 5, undefined), unit('c', undefined, undefined)], 'gdp').map((one) => [one.id, one.value, one.score])).toEqual([['b', 5, null], ['a', 3, 80]])
    expect(marksOf([unit('a', 'A', 80), unit('b', 'B', 90)], 'gdp').map((one) => [one.id, one.value, one.isScore])).toEqual([['b', 90, true], ['a', 80, true]])
    expect(marksOf([unit('a', 3, 80)], 'other')).toEqual([])
  })
})
