import { describe, expect, it } from 'vitest'
import { blockOf, decimalOf, grouped, History, stateOf, textOfBlock } from './sheet'

describe('numbers as they are typed and pasted', () => {
  it.each([
    ['14210.50', '14210.50'],
    ['1,234,567.8', '1234567.8'],
    ['１，２３４．５', '1234.5'],
    ['－１２', '-12'],
    ['−3.5', '-3.5'],
    ['(1,234)', '-1234'],
    [' 12 345 ', '12345'],
    ['+7', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ["'0012", '0012'],
    ['\u00a042\u3000', '42'],
  ])('%s is %s', (text, want) => expect(decimalOf(text)).toBe(want))
  it.each(['', '1x', '12,34', '1,2345', '1.2.3', '--1', '1e5', '12%', '1,234 567', '#REF!', '十二'])('%s is none', (text) => expect(decimalOf(text)).toBeNull())
  it('takes a percent sign where that is the measure', () => {
    expect(decimalOf('98.5％', '%')).toBe('98.5')
    expect(decimalOf('98.5 %', '亿元')).toBeNull()
  })
  it('knows why there is none, in both languages', () => {
    expect([stateOf('不适用'), stateOf(' NA '), stateOf('暂不出数'), stateOf('Pending'), stateOf('0')]).toEqual(['na', 'na', 'pending', 'pending', null])
  })
  it('groups digits without rounding', () => {
    expect([grouped('1234567.125'), grouped('-12'), grouped('123'), grouped('A'), grouped('99999999999999999999')]).toEqual(['1,234,567.125', '-12', '123', 'A', '99,999,999,999,999,999,999'])
  })
})

describe('blocks of the clipboard', () => {
  it('reads what Excel and WPS put there', () => {
    expect(blockOf('1,234\t甲\r\n2\t乙\r\n')).toEqual([['1,234', '甲'], ['2', '乙']])
    expect(blockOf('1\n2')).toEqual([['1'], ['2']])
    expect(blockOf('1')).toEqual([['1']])
    expect(blockOf('')).toEqual([])
  })
  it('keeps empty cells and rows within', () => {
    expect(blockOf('1\t\t3\n\n4')).toEqual([['1', '', '3'], [''], ['4']])
  })
  it('takes quotes off cells with ends of lines, and leaves others alone', () => {
    expect(blockOf('"a\nb ""c"""\t2\r\n')).toEqual([['a\nb "c"', '2']])
    expect(blockOf('"quoted" by hand\t1')).toEqual([['"quoted" by hand', '1']])
    expect(blockOf('5"\t6')).toEqual([['5"', '6']])
  })
  it('comes back as it went', () => {
    const rows = [['1', 'a\tb'], ['"', 'c\nd']]
    expect(blockOf(textOfBlock(rows))).toEqual(rows)
  })
})

describe('changes', () => {
  it('are taken back and done again, the last first', () => {
    const history = new History<string>()
    history.add([{ key: 'a', before: '', after: '1' }, { key: 'b', before: '', after: '2' }])
    history.add([{ key: 'a', before: '1', after: '3' }])
    expect(history.undo()).toEqual([{ key: 'a', before: '3', after: '1' }])
    expect(history.undo().map((one) => one.key)).toEqual(['b', 'a'])
    expect(history.undo()).toEqual([])
    expect(history.redo()).toHaveLength(2)
    history.add([{ key: 'c', before: '', after: '9' }])
    expect(history.canRedo).toBe(false)
  })
})
