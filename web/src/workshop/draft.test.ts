import { describe, expect, it } from 'vitest'
import { clausesOf } from './clauses'
import { gravest, placeOf, type Finding } from './findings'
import { add, remove, schemeOf, setField, setText, setWeight } from './scheme'
import { differencesOf } from './versions'

const scheme = schemeOf({ 'scheme.yaml': 'groups: [{id: g}]\n', 'indicators.csv': 'id,name,parent,weight\na,甲,,60\n"b","two\nlines",a,1\nc,<b>丙</b>,a,1\n', 'weights.csv': 'for,indicator,weight\ngroup:g,c,2\n' })
const finding = (file: string | null, row: number | null, severity: Finding['severity'] = 'error'): Finding => ({ code: 'X', severity, file, row, field: 'weight', message: '', why: null, advice: null })

describe('findings of a draft', () => {
  it('stand at the row that they name, by the line of the file', () => {
    const placed = placeOf(scheme, [finding('indicators.csv', 2), finding('indicators.csv', 5, 'warning'), finding('weights.csv', 2, 'note'), finding('indicators.csv', 4), finding('scheme.yaml', 1), finding(null, null)])
    expect([...placed.byNode].map(([id, all]) => [id, all.length])).toEqual([['a', 1], ['c', 2]])
    expect(placed.others.length).toBe(3)
    expect(placeOf(scheme, [finding('now/indicators.csv', 2)], 'now/').byNode.has('a')).toBe(true)
  })
  it('are as grave as the gravest', () => {
    expect([gravest([finding(null, 1, 'note'), finding(null, 1, 'warning')]), gravest([])]).toEqual(['warning', ''])
  })
})

describe('two schemes', () => {
  it('differ by rows, fields, weights and files', () => {
    expect(differencesOf(scheme, scheme)).toEqual([])
    const other = setText(setWeight(setField(remove(add(scheme, 'd', '丁', 'a'), 'b'), 'a', 'name', '甲二'), 'group:g', 'c', ''), 'documents/x.md', '# x')
    expect(differencesOf(scheme, other).map((one) => [one.file, one.id, one.what, one.field, one.before, one.after])).toEqual([
      ['indicators.csv', 'a', 'changed', 'name', '甲', '甲二'],
      ['indicators.csv', 'd', 'added', '', '', ''],
      ['indicators.csv', 'b', 'removed', '', '', ''],
      ['weights.csv', 'c', 'changed', 'group:g', '2', ''],
      ['documents/x.md', '', 'added', '', '', ''],
    ])
  })
})

describe('clauses', () => {
  it('go by the ids of their headings', () => {
    expect(clausesOf({ 'documents/r.md': '# 办法\n\n前言\n\n## 第一条 范围 {#art-1}\n\n甲。\n\n乙。\n\n## 附则\n\n丙\n', 'scheme.yaml': '## x {#y}' })).toEqual([{ basis: 'r#art-1', title: '第一条 范围', text: '甲。\n\n乙。' }])
  })
})
