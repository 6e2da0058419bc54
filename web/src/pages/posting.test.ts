import { describe, expect, it } from 'vitest'
import type { Assessment } from '../api'
import { changeText, pointsText, postedAs, postedGroups, squareText, titleOf } from './posting'

const group = (id: string) => ({ id, title: {}, decimals: 2, total: 100, ratings: [{ id: 'good', title: {} }], grades: [], units: [] })
const assessment: Assessment = { id: 'a', periods: [], sound: true, groups: [group('g'), group('h'), group('i')], tree: [{ id: 'x', name: {}, level: 1, leaf: false, individual: false }] }
const results = [
  { id: 'h', units: [{ id: 'u', rank: 1, of: 1, score: 9, nodes: [] }] },
  { id: 'g', units: [{ id: 'b', rank: 2, of: 3, score: 8, rank_change: -1, nodes: [] }, { id: 'a', rank: 1, of: 3, score: 9, rank_change: 1, nodes: [{ node: 'x', level: 1, of: 3, points: 4.5 }] }, { id: 'c', of: 3, nodes: [] }] },
]
const posted = { known: '19', kind: 'posted' as const, time: '', position: 22, digest: 'ab'.repeat(32) }

describe('a posting', () => {
  it('has groups in the order of the scheme, units by rank, and no group without units', () => {
    const all = postedGroups(assessment, results, '')
    expect(all.map((one) => one.rows.map((row) => row.unit.id).join(''))).toEqual(['abc', 'u'])
    expect(all[0]!.blocks.map((one) => one.id)).toEqual(['x'])
    expect(postedGroups(assessment, results, 'h').length).toBe(1)
  })
  it('says changes and points without colour, a dash for what is missing', () => {
    const rows = postedGroups(assessment, results, 'g')[0]!.rows
    expect(rows.map((row) => changeText(row, '新'))).toEqual(['▲1', '▼1', '—'])
    expect(rows.map((row) => pointsText(row, 'x', 2))).toEqual(['4.50', '—', '—'])
  })
  it('names the period in its title unless it is the own one', () => {
    const words = (name: string, period: string) => `${name}${period}结果公示`
    expect(titleOf({ zh: '二〇二一年度考核' }, '2021-08', '2021', 'zh', words)).toBe('二〇二一年度考核2021年8月结果公示')
    expect(titleOf({ zh: '二〇二一年度考核' }, '2021', '2021', 'zh', words)).toBe('二〇二一年度考核结果公示')
  })
  it('has a square code only of what was posted in that very state', () => {
    expect(postedAs([posted], '19')).toBe(posted)
    expect(postedAs([posted], '')).toBeUndefined()
    expect(postedAs([posted], '18')).toBeUndefined()
    expect(postedAs([{ ...posted, digest: '' }], '19')).toBeUndefined()
    expect(squareText('a', posted)).toBe(`baton posting a 22 ${'ab'.repeat(32)}`)
  })
})
