import { describe, expect, it } from 'vitest'
import { boundsOf, dataOf, findingsAt, linesOf, placeOf, unitsByScore, type CurveAnswer, type CurveFinding } from './method-curve'

const answer: CurveAnswer = {
  sound: true,
  findings: [],
  points: [{ x: 0, score: null }, { x: 1, score: 60 }, { x: 2, score: 80 }, { x: 3, score: null }, { x: 4, score: 100 }],
  among: [{ unit: 'a', name: '甲', x: 1.5, score: 70 }, { unit: 'b', name: '乙', x: 5, score: null }, { unit: 'c', name: '丙', x: 2, score: 80 }],
}
const levels: CurveAnswer = { sound: true, findings: [], codes: true, points: [{ code: 'A', score: 100 }, { code: 'B', score: 60 }], among: [{ unit: 'a', name: '甲', code: 'B', score: 60 }] }

describe('the curve of a method', () => {
  it('is interrupted where there is no score', () => {
    expect(linesOf(answer.points!)).toEqual([[1, 2], [4]])
  })
  it('has room for the curve and for everybody', () => {
    expect(boundsOf(answer)).toEqual({ x: [0, 5], score: [60, 100] })
    expect(boundsOf(levels)).toEqual({ x: [0, 1], score: [60, 100] })
    expect(boundsOf({ sound: true, findings: [], points: [], among: [] })).toBeNull()
    expect([placeOf(answer, answer.among![0]!), placeOf(levels, levels.among![0]!)]).toEqual([1.5, 1])
  })
  it('lists units by score, and the points behind them', () => {
    expect(unitsByScore(answer).map((one) => one.unit)).toEqual(['c', 'a', 'b'])
    expect(dataOf(levels, '曲线')).toEqual([['甲', 'B', 60], ['曲线', 'A', 100], ['曲线', 'B', 60]])
  })
  it('finds what is said of a parameter, and not of one whose name begins alike', () => {
    const at = (field: string | null, file = 'method'): CurveFinding => ({ code: 'X', severity: 'error', file, row: 1, column: 1, field, message: '', advice: null })
    expect(findingsAt([at('table'), at('table[1]'), at('table[1][0]'), at('tables'), at(null), at('table', 'indicators.csv')], 'table').length).toBe(3)
  })
})
