import { describe, expect, it } from 'vitest'
import type { Group, ResultUnit } from '../api'
import { listsOf } from './lists'

const group = (id: string, total: number): Group => ({ id, title: {}, decimals: 2, total, ratings: [], grades: [], units: [] })
const unit = (id: string, rank: number | undefined, score: number | undefined): ResultUnit => ({ id, of: 2, nodes: [], ...(rank === undefined ? {} : { rank }), ...(score === undefined ? {} : { score }) })
const groups = [group('a', 100), group('b', 200)]
const now = [{ id: 'a', units: [unit('x', 1, 90), unit('y', 2, 80.5), unit('z', undefined, 70)] }, { id: 'b', units: [unit('p', 1, 180), unit('q', 2, 100)] }]

describe('three lists from totals', () => {
  it('have the level among all units on a scale of 100, equal ones at the same place', () => {
    expect(listsOf(groups, now, null, 'a').level.map((one) => [one.unit, one.place, one.of, one.figure])).toEqual([['x', 1, 4, 90], ['y', 3, 4, 80.5]])
    expect(listsOf(groups, now, null, 'b').level.map((one) => [one.unit, one.place])).toEqual([['p', 1], ['q', 4]])
  })
  it('have the class by rank, and nobody without one', () => {
    expect(listsOf(groups, now, null, 'a').class.map((one) => [one.unit, one.place])).toEqual([['x', 1], ['y', 2]])
  })
  it('have the progress of whoever had a total before, exact to the published decimals', () => {
    const before = [{ id: 'a', units: [unit('x', 2, 90.3), unit('y', 1, 80.1), unit('z', 3, 60)] }]
    expect(listsOf(groups, now, before, 'a').progress.map((one) => [one.unit, one.place, one.figure])).toEqual([['y', 1, 0.4], ['x', 2, -0.3]])
    expect(listsOf(groups, now, null, 'a').progress).toEqual([])
  })
})
