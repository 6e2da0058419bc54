import { describe, expect, it } from 'vitest'
import type { Group, ResultUnit } from '../api'
import { rowsOf } from './league'
import { sheetOf, type Words } from './league-csv'

const group: Group = { id: 'g', title: {}, decimals: 2, total: 100, ratings: [{ id: 'good', title: {} }], grades: [{ id: 'fine', title: {} }], units: [{ id: 'a', name: {} }, { id: 'b', name: {} }] }
const units: ResultUnit[] = [
  { id: 'a', rank: 1, of: 1, rank_change: -2, score: 90, grade: 'fine', nodes: [{ node: 'x', level: 1, of: 1, points: 7.5, rating: 'good' }, { node: 'y', level: 1, of: 1, notes: ['na'] }] },
  { id: 'b', of: 1, nodes: [] },
]
const words: Words = {
  rank: '位次', change: '升降', unit: '单位', score: '总分', value: '', grade: '等次', fresh: '新',
  why: { na: '不适用', pending: '未到期', missing: '应报未报' },
  nodeName: (id) => id, unitName: (unit) => unit.id, ratingName: () => '好', gradeName: (id) => id ?? '',
}
const tree = ['x', 'y'].map((id) => ({ id, name: {}, level: 1, leaf: false, individual: false }))
const rows = rowsOf(units, group, [], new Map(), { by: '', compare: '', shown: '2021', sort: '', filter: '', grade: '', moved: false })

describe('the table for a spreadsheet', () => {
  it('has published decimals, signed changes, and words in the place of what is missing', () => {
    expect(sheetOf(rows, group, tree, words)).toEqual([
      ['位次', '升降', '单位', '总分', 'x', 'y', '好', '等次'],
      [1, -2, 'a', '90.00', '7.50', '不适用', 1, 'fine'],
      [null, null, 'b', null, null, null, null, null],
    ])
  })
  it('has the figures of an indicator by which it is ranked', () => {
    const by = rowsOf([{ ...units[0]!, nodes: [{ node: 'x', level: 1, of: 1, rank: 1, score: 80, value: 14210 }] }], group, [], new Map(), { by: 'x', compare: '', shown: '2021', sort: '', filter: '', grade: '', moved: false })
    expect(sheetOf(by, group, [], { ...words, value: '数值' })[1]).toEqual([1, '新', 'a', 14210, '80.00', null, 'fine'])
  })
})
