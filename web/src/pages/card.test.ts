import { describe, expect, it } from 'vitest'
import type { Group, ResultRow, ResultUnit, TreeNode } from '../api'
import type { Standing } from '../watch'
import { blockRows, courseOf, extremes, fileSize, moves, ownUnit, ratingLists, reasonOf, signed, type Matrix } from './card'

const group: Group = {
  id: 'district',
  title: {},
  decimals: 2,
  total: 100,
  ratings: [{ id: 'good', title: {} }, { id: 'fair', title: {} }],
  grades: [],
  units: [{ id: 'a', name: {} }, { id: 'b', name: {} }, { id: 'c', name: {} }],
}
const leaf = (id: string, individual = false): TreeNode => ({ id, name: {}, level: 2, leaf: true, individual })
const tree = new Map<string, TreeNode>([{ id: 'economy', name: {}, level: 1, leaf: false, individual: false }, leaf('gdp'), leaf('trade'), leaf('tax'), leaf('jobs'), leaf('own', true)].map((one) => [one.id, one]))
const row = (node: string, level: number, more: Partial<ResultRow> = {}): ResultRow => ({ node, level, of: 3, ...more })
const unitOf = (nodes: ResultRow[]): ResultUnit => ({ id: 'a', of: 3, nodes })
const now = unitOf([
  row('total', 0, { score: 90, points: 90 }),
  row('economy', 1, { score: 80, weight: 20, points: 16, rank: 2 }),
  row('gdp', 2, { score: 100, weight: 5, points: 5, rank: 1, rating: 'good' }),
  row('trade', 2, { score: 60, weight: 10, points: 6, rank: 3, rating: 'fair' }),
  row('tax', 2, { notes: ['pending'] }),
  row('jobs', 2, { notes: ['na'] }),
  row('own', 2, { score: 90, weight: 5, points: 4.5, rank: 1, rating: 'good' }),
])

describe('report card', () => {
  it('takes the course from the stream before what was read, and the mean of those who have a total', () => {
    const standings = new Map<string, Standing>([
      ['2021-01', new Map([['a', { rank: 2, score: 90 }], ['b', { rank: 1, score: 94 }], ['c', { rank: null, score: null }]])],
    ])
    const results = new Map([['2021-01', { ...now, rank: 3, score: 80, grade: 'good' }], ['2021-02', { ...now, rank: 1, score: 88 }]])
    expect(courseOf(['2021-01', '2021-02', '2021-03'], results, standings, 'a', group)).toEqual([
      { period: '2021-01', rank: 2, score: 90, mean: 92, grade: 'good' },
      { period: '2021-02', rank: 1, score: 88, mean: null, grade: '' },
      { period: '2021-03', rank: null, score: null, mean: null, grade: '' },
    ])
  })
  it('puts blocks beside the mean and the best of their own group, and leaves out what does not apply', () => {
    const matrix: Matrix = { compared_with: null, groups: [{ id: 'other', indicators: [] }, { id: 'district', indicators: [{ node: 'economy', units: 3, scored: 3, mean: 75, highest: 85, first: ['b'] }] }] }
    const unit = unitOf([...now.nodes, row('party', 1, { notes: ['na'] })])
    expect(blockRows(unit, matrix, 'district').map((one) => [one.node.node, one.mean, one.best, one.firsts])).toEqual([['economy', 75, 85, ['b']]])
    expect(blockRows(unit, null, 'district')[0]).toMatchObject({ mean: null, best: null, firsts: [] })
  })
  it('lists each rating also where it is empty, and each reason only where something has it', () => {
    expect(ratingLists(now, group, tree).map((one) => [one.key, one.nodes.map((node) => node.node).join()])).toEqual([
      ['common:good', 'gdp'],
      ['common:fair', 'trade'],
      ['common:na', 'jobs'],
      ['common:pending', 'tax'],
      ['individual:good', 'own'],
      ['individual:fair', ''],
    ])
    const unrated = ratingLists(unitOf([row('gdp', 2, { score: 5 })]), group, tree)
    expect(unrated.find((one) => one.nodes.length > 0)?.key).toBe('common:unrated')
  })
  it('tells a reason only where there is no score', () => {
    expect(reasonOf(row('x', 2, { notes: ['pending'] }))).toBe('pending')
    expect(reasonOf(row('x', 2, { score: 0, notes: ['missing'] }))).toBe('')
    expect(reasonOf(row('x', 2))).toBe('')
  })
  it('has what lost and what brought most, leaves alone, and nothing that lost nothing', () => {
    expect(extremes(now, tree, 5).lost.map((one) => one.node)).toEqual(['trade', 'own'])
    expect(extremes(now, tree, 2).gained.map((one) => one.node)).toEqual(['trade', 'gdp'])
  })
  it('says what moved: ranks gained, points gained, the largest first, and nothing of what stayed', () => {
    const then = unitOf([
      row('economy', 1, { score: 80, weight: 20, points: 15, rank: 1 }),
      row('gdp', 2, { score: 100, weight: 5, points: 5, rank: 1 }),
      row('trade', 2, { score: 60, weight: 10, points: 8, rank: 3 }),
      row('own', 2, { score: 90, weight: 5, points: 4.4, rank: 3 }),
    ])
    const moved = moves(now, then, tree)
    expect(moved.blocks.map((one) => [one.node.node, one.ranks, one.points])).toEqual([['economy', -1, 1]])
    expect(moved.leaves.map((one) => [one.node.node, one.ranks])).toEqual([['trade', 0], ['own', 2]])
    expect(moves(now, undefined, tree)).toEqual({ blocks: [], leaves: [] })
  })
  it('signs a change, and no nothing', () => {
    expect([signed(1.234, 2), signed(-0.5, 2), signed(0, 2), signed(-0.001, 2), signed(null, 2)]).toEqual(['+1.23', '−0.50', '0.00', '0.00', '—'])
  })
  it('begins with the unit of one\'s own post, if it is ranked', () => {
    expect(ownUnit([{ unit: null }, { unit: 'statistics' }, { unit: 'b' }], [group])).toBe('b')
    expect(ownUnit([{ unit: 'statistics' }], [group])).toBe('')
  })
  it('tells sizes of files', () => {
    expect([fileSize(12), fileSize(2048), fileSize(3.5 * 1024 * 1024)]).toEqual(['12 B', '2.0 KB', '3.5 MB'])
  })
})
