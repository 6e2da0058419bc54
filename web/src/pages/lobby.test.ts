import { describe, expect, it } from 'vitest'
import { LINE, linesOf, ROW, screensOf, UPRIGHT } from './lobby'

const measure = (text: string) => [...text].length
const rows = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('a screen of a hall', () => {
  it('has at most twelve rows, all of them once, in parts of about the same size', () => {
    for (const [count, sizes] of [[0, []], [7, [7]], [12, [12]], [13, [7, 6]], [20, [10, 10]], [25, [9, 9, 7]]] as [number, number[]][]) {
      const screens = screensOf(rows(count))
      expect(screens.map((one) => one.length)).toEqual(sizes)
      expect(screens.flat()).toEqual(rows(count))
    }
  })
  it('has fewer rows where names take two lines, so that all of them fit', () => {
    for (const every of [1, 2, 3]) {
      const lines = (row: number) => (row % every === 0 ? 2 : 1)
      const screens = screensOf(rows(24), lines)
      expect(screens.flat()).toEqual(rows(24))
      for (const screen of screens) expect(screen.reduce((sum, row) => sum + ROW + (lines(row) - 1) * LINE, 0)).toBeLessThanOrEqual(12 * ROW + 1e-9)
    }
    expect(screensOf(rows(12), () => 2).map((one) => one.length)).toEqual([6, 6])
  })
  it('has fewer rows where it stands upright and each takes more', () => {
    for (const lines of [1, 2, 3])
      for (const screen of screensOf(rows(30), () => lines, UPRIGHT)) expect(screen.length * Math.max(UPRIGHT, ROW + (lines - 1) * LINE)).toBeLessThanOrEqual(12 * ROW + 1e-9)
    expect(screensOf(rows(12), () => 1, UPRIGHT).map((one) => one.length)).toEqual([6, 6])
  })
  it('shows a name that is higher than a screen on one of its own', () => {
    expect(screensOf(rows(3), (row) => (row === 2 ? 40 : 1)).map((one) => one.length)).toEqual([1, 1, 1])
  })
})

describe('lines of a name', () => {
  it('break between Chinese characters, and between words', () => {
    expect(linesOf('云湖区', 3, measure)).toBe(1)
    expect(linesOf('云湖区人民政府', 3, measure)).toBe(3)
    expect(linesOf('Yunhu District', 14, measure)).toBe(1)
    expect(linesOf('Yunhu District', 13, measure)).toBe(2)
    expect(linesOf('a bb ccc', 4, measure)).toBe(2)
  })
  it('break a word that is wider than the line', () => {
    expect(linesOf('abcdefghij', 4, measure)).toBe(3)
    expect(linesOf('', 4, measure)).toBe(1)
  })
})
