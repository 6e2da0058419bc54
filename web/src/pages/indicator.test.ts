import { describe, expect, it } from 'vitest'
import type { Result, ResultRow, ResultUnit } from '../api'
import { courseOf, isReached, quantile, rowsOf, targetOf } from './indicator'

const row = (rank: number | undefined, score: number | undefined, notes: string[] = []): ResultRow => ({ node: 'gdp', level: 2, rank, score, of: 3, notes })
const unit = (id: string, one: ResultRow): ResultUnit => ({ id, of: 3, nodes: [{ node: 'total', level: 0, of: 3 }, one] })
const units = [unit('a', row(2, 80)), unit('b', row(1, 90)), unit('c', row(undefined, undefined, ['missing'])), unit('d', row(undefined, undefined, ['na']))]
const result = { period: '2021-08', groups: [{ id: 'g', units }], notes: {} } as Result

describe('indicator', () => {
  it('lists those for whom it is, the first first, whoever has no score last with the reason', () => {
    expect(rowsOf(units, 'gdp').map((one) => [one.unit, one.reason])).toEqual([['b', ''], ['a', ''], ['c', 'missing']])
  })
  it('has quantiles between neighbours', () => {
    expect([0, 0.25, 0.5, 1].map((part) => quantile([4, 1, 2, 3], part))).toEqual([1, 1.75, 2.5, 4])
    expect(quantile([], 0.5)).toBeNull()
  })
  it('takes the own target before that of all, and the period before the year', () => {
    const targets = [['*', '2021', '10'], ['a', '2021', '12'], ['a', '2021-08', '7']].map(([of, period, target]) => ({ unit: of!, indicator: 'gdp', period: period!, target: target! }))
    expect(['a', 'b'].map((id) => targetOf(targets, 'gdp', id, '2021-08'))).toEqual([7, 10])
    expect(targetOf(targets, 'gdp', 'a', '2021-09')).toBe(12)
    expect(targetOf(targets, 'jobs', 'a', '2021-09')).toBeNull()
  })
  it('reaches a target from above where less is better', () => {
    expect([isReached(5, 7, 'down'), isReached(8, 7, 'down'), isReached(7, 7, 'up'), isReached(6, 7, undefined)]).toEqual([true, false, true, false])
  })
  it('has the course of a unit beside the mean, gaps where there is nothing', () => {
    expect(courseOf(['2021-07', '2021-08'], new Map([['2021-08', result]]), 'g', 'gdp', 'a').map((one) => [one.rank, one.score, one.mean])).toEqual([[null, null, null], [2, 80, 85]])
  })
})
