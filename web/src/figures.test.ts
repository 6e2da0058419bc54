import { describe, expect, it } from 'vitest'
import { changeOf, course, figure, periodName, periodsOf, ratingCounts, shapeOf } from './figures'

describe('figures', () => {
  it('have the published decimals', () => {
    expect(figure(90, 2)).toBe('90.00')
    expect(figure(92.664, 2)).toBe('92.66')
    expect(figure(90, 0)).toBe('90')
  })
  it('that are missing are a dash, never 0', () => {
    for (const missing of [undefined, null, Number.NaN]) expect(figure(missing, 2)).toBe('—')
    expect(figure(0, 2)).toBe('0.00')
  })
})

describe('periods', () => {
  it('are named in both languages', () => {
    expect(periodName('2021-08', 'zh')).toBe('2021年8月')
    expect(periodName('2021-08', 'en')).toBe('August 2021')
    expect(periodName('2021-Q3', 'zh')).toBe('2021年第3季度')
    expect(periodName('2021-H1', 'zh')).toBe('2021年上半年')
    expect(periodName('2021', 'zh')).toBe('2021年')
    expect(periodName('whatever', 'zh')).toBe('whatever')
  })
  it('are those of the assessment’s own year, or all where it has none of these', () => {
    const of = (period: string, periods: string[]) => periodsOf({ id: 'x', period, periods, sound: true })
    expect(of('2021', ['2020-12', '2021-01', '2021-02'])).toEqual(['2021-01', '2021-02'])
    expect(of('2021', ['2021'])).toEqual(['2021'])
    expect(of('2022', ['2020-12'])).toEqual(['2020-12'])
  })
})

describe('a change of rank', () => {
  it('is up, down, the same, new or none', () => {
    expect(changeOf(2, true)).toEqual({ kind: 'up', count: 2 })
    expect(changeOf(-1, true)).toEqual({ kind: 'down', count: 1 })
    expect(changeOf(0, true)).toEqual({ kind: 'same', count: 0 })
    expect(changeOf(undefined, true)).toEqual({ kind: 'fresh', count: 0 })
    expect(changeOf(3, false)).toEqual({ kind: 'none', count: 0 })
  })
})

describe('ratings', () => {
  it('are counted in the order of the group', () => {
    const group = { id: 'g', title: {}, decimals: 2, total: 100, grades: [], units: [], ratings: [{ id: 'good', title: {} }, { id: 'poor', title: {} }] }
    const node = (rating?: string) => ({ node: 'n', level: 2, of: 1, rating })
    expect(ratingCounts({ id: 'u', of: 1, nodes: [node('poor'), node('good'), node('good'), node(), node('other')] }, group)).toEqual([2, 1])
  })
  it('have shapes that differ', () => {
    expect(new Set([0, 1, 2, 3].map(shapeOf)).size).toBe(4)
    expect(shapeOf(9)).toBe(shapeOf(4))
  })
})

describe('the line of a year', () => {
  it('leaves gaps where a point is missing', () => {
    expect(course([1, null, 3, 2], 30, 10)).toBe('M0 10M20 0L30 5')
  })
  it('is flat where all are equal, and nothing without points', () => {
    expect(course([5, 5], 10, 10)).toBe('M0 10L10 10')
    expect(course([null], 10, 10)).toBe('')
  })
})
