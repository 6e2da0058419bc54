import { describe, expect, it } from 'vitest'
import type { Group, ResultUnit } from '../api'
import type { Standing } from '../watch'
import { blocksOf, filtered, gaps, rowsOf, type Wanted } from './league'

const group: Group = {
  id: 'g', title: {}, decimals: 2, total: 100,
  ratings: [{ id: 'good', title: {} }, { id: 'poor', title: {} }],
  grades: [{ id: 'excellent', title: {} }, { id: 'good', title: {} }],
  units: [{ id: 'a', name: {} }, { id: 'b', name: {} }, { id: 'c', name: {} }, { id: 'd', name: {} }],
}
function unit(id: string, rank: number | undefined, score: number | undefined, change?: number, points = 1): ResultUnit {
  return { id, rank, score, rank_change: change, of: 3, grade: rank === 1 ? 'excellent' : 'good', name: { zh: id + '区' }, nodes: [{ node: 'economy', level: 1, of: 3, points, rank: 4 - (rank ?? 0), score: points }] }
}
const units = [unit('b', 1, 95, 1, 5), unit('a', 2, 90, -1, 9), unit('c', 2, 90, undefined, 7), unit('d', undefined, undefined)]
const all: Wanted = { by: '', compare: '', shown: '2021-08', sort: '', filter: '', grade: '', moved: false }
const ids = (rows: { unit: ResultUnit }[]) => rows.map((row) => row.unit.id).join('')
const standing = (...rows: [string, number | null, number | null][]): Standing => new Map(rows.map(([id, rank, score]) => [id, { rank, score }]))

describe('the league table', () => {
  it('stands by rank, tied ones marked, who has none at the end', () => {
    const rows = rowsOf(units, group, [], new Map(), all)
    expect(ids(rows)).toBe('bacd')
    expect(rows.map((row) => row.isTied)).toEqual([false, true, true, false])
    expect(rows.map((row) => row.change.kind)).toEqual(['up', 'down', 'fresh', 'none'])
  })
  it('is sorted by any column, both ways, who has no rank at the end always', () => {
    expect(ids(rowsOf(units, group, [], new Map(), { ...all, sort: 'unit' }))).toBe('abcd')
    expect(ids(rowsOf(units, group, [], new Map(), { ...all, sort: '-unit' }))).toBe('cbad')
    expect(ids(rowsOf(units, group, [], new Map(), { ...all, sort: 'block:economy' }))).toBe('acbd')
    expect(ids(rowsOf(units, group, [], new Map(), { ...all, sort: '-rank' }))).toBe('acbd')
  })
  it('takes a newer rank from the stream, and moves the change along', () => {
    const now = new Map([['2021-08', standing(['a', 1, 96], ['b', 2, 95], ['c', 3, 90])]])
    const rows = rowsOf(units, group, [], now, all)
    expect(ids(rows)).toBe('abcd')
    expect(rows[0]!.score).toBe(96)
    expect(rows[0]!.change).toEqual({ kind: 'same', count: 0 })
    expect(rows[1]!.change).toEqual({ kind: 'same', count: 0 })
  })
  it('compares with another period', () => {
    const then = new Map([['2021-02', standing(['a', 4, 1], ['b', 1, 2])]])
    const rows = rowsOf(units, group, [], then, { ...all, compare: '2021-02' })
    expect(rows.map((row) => [row.unit.id, row.change.kind, row.change.count])).toEqual([['b', 'same', 0], ['a', 'up', 2], ['c', 'fresh', 0], ['d', 'none', 0]])
  })
  it('is ranked by an indicator', () => {
    const rows = rowsOf(units, group, [], new Map(), { ...all, by: 'economy' })
    expect(rows.map((row) => row.rank)).toEqual([2, 2, 3, 4])
  })
  it('has the course of the year, with gaps', () => {
    const standings = new Map([['2021-01', standing(['a', 1, 80])], ['2021-03', standing(['a', 1, 82])]])
    expect(rowsOf(units, group, ['2021-01', '2021-02', '2021-03'], standings, all)[1]!.course).toEqual([80, null, 82])
  })
  it('is filtered', () => {
    const rows = rowsOf(units, group, [], new Map(), all)
    const name = (one: ResultUnit) => one.name?.zh ?? ''
    expect(ids(filtered(rows, { ...all, filter: ' A区 ' }, name))).toBe('a')
    expect(ids(filtered(rows, { ...all, grade: 'excellent' }, name))).toBe('b')
    expect(ids(filtered(rows, { ...all, moved: true }, name))).toBe('ba')
  })
})

describe('beside the table', () => {
  it('are the gaps to the neighbours', () => {
    const rows = rowsOf(units, group, [], new Map(), all)
    expect(gaps(rows, 'b')).toEqual({ ahead: null, behind: 5 })
    expect(gaps(rows, 'a')).toEqual({ ahead: 5, behind: 0 })
    expect(gaps(rows, 'd')).toEqual({ ahead: null, behind: null })
  })
  it('are the blocks that any unit has', () => {
    const tree = ['total', 'safety', 'economy'].map((id) => ({ id, name: {}, level: 1, leaf: false, individual: false }))
    expect(blocksOf(units, tree).map((one) => one.id)).toEqual(['economy'])
  })
})
