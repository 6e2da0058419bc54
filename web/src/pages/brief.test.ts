import { describe, expect, it } from 'vitest'
import type { Group, ResultRow, ResultUnit, TreeNode } from '../api'
import type { Standing } from '../watch'
import { causeOf, lateLines, rankMoves, unitsLate, type LateFigure, type OverdueUnit } from './brief'

const group = (id: string, units: string[]): Group => ({ id, title: {}, decimals: 2, total: 100, ratings: [], grades: [], units: units.map((unit) => ({ id: unit, name: {} })) })
const standing = (of: Record<string, [number | null, number | null]>): Standing => new Map(Object.entries(of).map(([unit, [rank, score]]) => [unit, { rank, score }]))
const tree = new Map<string, TreeNode>(['gdp', 'trade'].map((id) => [id, { id, name: {}, level: 2, leaf: true, individual: false }]))
const row = (node: string, score: number, weight: number): ResultRow => ({ node, level: 2, of: 3, score, weight, points: (score * weight) / 100 })
const unit = (score: number, ...nodes: ResultRow[]): ResultUnit => ({ id: 'a', of: 3, score, nodes })

describe('a brief', () => {
  it('has the units whose rank moved, the longest ways first', () => {
    const now = standing({ a: [1, 90], b: [2, 88], c: [3, 80], d: [1, 70], e: [2, 69.5] })
    const then = standing({ a: [3, 80], b: [1, 89], c: [2, 81], d: [2, 60], e: [1, 69.6] })
    expect(rankMoves([group('one', ['a', 'b', 'c']), group('two', ['d', 'e'])], now, then).map((one) => [one.unit, one.places, one.rank, one.of])).toEqual([
      ['a', 2, 1, 3],
      ['d', 1, 1, 2],
      ['b', -1, 2, 3],
      ['c', -1, 3, 3],
      ['e', -1, 2, 2],
    ])
  })
  it('has nobody who has no rank, now or then, or the same', () => {
    expect(rankMoves([group('one', ['a', 'b', 'c', 'd'])], standing({ a: [1, 90], b: [null, null], c: [2, 80] }), standing({ a: [1, 80], b: [2, 70], c: [null, null], d: [3, 1] }))).toEqual([])
  })
  it('names the indicator that did most of it', () => {
    const [now, then] = [unit(86, row('gdp', 90, 60), row('trade', 80, 40)), unit(82, row('gdp', 90, 60), row('trade', 70, 40))]
    expect(causeOf(2, 4, 2, now, then, tree)).toEqual({ kind: 'own', points: 4, node: 'trade', nodePoints: 4 })
    expect(causeOf(-1, -4, 2, then, now, tree)).toEqual({ kind: 'own', points: -4, node: 'trade', nodePoints: -4 })
  })
  it('does not take a share that changed, as others came in, for a change of the indicator', () => {
    // Then only gdp was there, at the whole; now trade is too, below it.
    const [now, then] = [unit(86, row('gdp', 90, 60), row('trade', 80, 40)), unit(90, row('gdp', 90, 100))]
    const cause = causeOf(-1, -4, 2, now, then, tree)
    expect([cause.node, cause.nodePoints]).toEqual(['trade', -4])
  })
  it('says that others moved more where the total did not go that way', () => {
    expect(causeOf(1, -0.2, 2, undefined, undefined, tree).kind).toBe('others')
    expect(causeOf(-1, 0.004, 2, undefined, undefined, tree).kind).toBe('others')
  })
  it('says no more than may be read', () => {
    expect(causeOf(1, null, 2, undefined, undefined, tree).kind).toBe('unknown')
    expect(causeOf(1, 2, 2, unit(82), unit(80), tree)).toEqual({ kind: 'own', points: 2, node: '', nodePoints: 0 })
  })
  it('counts a unit once of which two posts answer', () => {
    const late = (reporter: string): OverdueUnit => ({ reporter, name: {}, count: 1, shut: 0, due: '2022-02-20', roles: ['approver'], vacant: false, persons: [] })
    expect(unitsLate({ figures: 3, items: [late('a'), late('b'), late('a')] })).toBe(2)
  })
  it('puts late figures together by indicator, and what is shut apart', () => {
    const late = (unit: string, element: string, more: Partial<LateFigure> = {}): LateFigure => ({ period: '2022-01', unit, element, indicator: 'reform', act: 'draft', late: true, ...more })
    const lines = lateLines([late('a', 'done'), late('a', 'planned'), late('b', 'done'), late('b', 'planned', { act: 'except' }), late('c', 'done', { late: false }), late('c', 'other', { indicator: undefined })])
    expect(lines.map((one) => [one.indicator || one.element, one.units.join(), one.figures, one.isShut])).toEqual([
      ['reform', 'a,b', 3, false],
      ['reform', 'b', 1, true],
      ['other', 'c', 1, false],
    ])
  })
})
