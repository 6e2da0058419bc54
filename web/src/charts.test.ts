import { describe, expect, it } from 'vitest'
import { placeOn, rowsOfMarks, ticksOf } from './charts'

describe('charts', () => {
  it('has round numbers that hold the bounds', () => {
    expect(ticksOf(79, 93, 4)).toEqual([75, 80, 85, 90, 95])
    expect(ticksOf(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(ticksOf(-3, 2, 5)).toEqual([-3, -2, -1, 0, 1, 2])
    expect(ticksOf(7, 7, 5)).toEqual([7])
    for (const [low, high] of [[0.1, 0.7], [83.24, 92.66], [1e6, 3.1e6], [-0.004, 0.002]] as const) {
      const ticks = ticksOf(low, high, 5)
      expect(ticks[0]).toBeLessThanOrEqual(low)
      expect(ticks[ticks.length - 1]).toBeGreaterThanOrEqual(high)
      expect(ticks.length).toBeLessThanOrEqual(8)
    }
  })
  it('puts a value in its place, and one alone in the middle', () => {
    expect(placeOn(85, 80, 90, 200)).toBe(100)
    expect(placeOn(5, 5, 5, 200)).toBe(100)
  })
  it('puts marks that would touch above each other, and others on the line', () => {
    expect(rowsOfMarks([0, 20, 40], 10)).toEqual([0, 0, 0])
    expect(rowsOfMarks([5, 5, 5], 10)).toEqual([0, 1, 2])
    expect(rowsOfMarks([14, 0, 7], 10)).toEqual([0, 0, 1])
  })
})
