import { describe, expect, it } from 'vitest'
import type { ExpectedFigure, ReportStep } from '../api'
import { cleared, copied, pasted, rangeOf } from './cells'
import { changeFrom, countsOf, entryOf, faultOf, isChanged, isSendable, itemOf, keptOf, laidOver, leftOf, nothing, overTheirs, rowOf, takeTheirs, verdictOf, withValue, type Row } from './figures'

const step = (more: Partial<ReportStep> = {}): ReportStep => ({ at: 7, stage: 'draft', by: 'chen.li', time: '2022-02-01T00:00:00.000Z', value: '5', ...more })
const figure = (more: Partial<ExpectedFigure> = {}): ExpectedFigure => ({ unit: 'a', element: 'gdp', reporter: 'a', state: 'awaited', phase: 'open', ...more })
const row = (more: Partial<Row> = {}, of: Partial<ExpectedFigure> = {}): Row => ({ ...rowOf(figure(of)), ...more })
const said = (value: string, more = {}) => ({ ...nothing, value, ...more })
const name = (state: string) => state

describe('what may be filled in', () => {
  it.each([
    ['nothing yet', {}, true],
    ['a draft', { report: step() }, true],
    ['days of grace', { phase: 'grace' as const }, true],
    ['closed', { phase: 'closed' as const, state: 'missing' as const }, false],
    ['returned, after it was closed', { phase: 'closed' as const, report: step({ stage: 'returned' }) }, true],
    ['returned, and locked', { phase: 'locked' as const, report: step({ stage: 'returned' }) }, false],
    ['signed off', { report: step({ stage: 'signed' }) }, false],
    ['accepted', { state: 'given' as const, report: step({ stage: 'accepted' }) }, false],
    ['accepted as not there yet', { state: 'pending' as const, report: step({ stage: 'accepted', value: undefined, state: 'pending' }) }, true],
    ['taken from elsewhere', { state: 'derived' as const }, false],
    ['there without a report', { state: 'given' as const }, false],
  ])('%s', (_, of, want) => expect(rowOf(figure(of)).isOpen).toBe(want))
})

describe('what is typed', () => {
  it('is a number, a code, or why there is none', () => {
    expect(withValue(row(), '１，２３４').value).toBe('1234')
    expect(withValue(row(), '不适用')).toMatchObject({ value: '', state: 'na' })
    expect(withValue(row({ codes: ['A', 'B'] }), 'b').value).toBe('B')
    expect(withValue(row({ mine: said('', { state: 'na' }) }), '3')).toMatchObject({ value: '3', state: '' })
  })
  it('says what keeps it from being a draft', () => {
    expect(faultOf(row())).toBe('')
    expect(faultOf(row({ mine: said('1x') }))).toBe('number')
    expect(faultOf(row({ codes: ['A'], mine: said('C') }))).toBe('code')
    expect(faultOf(row({ mine: said('', { state: 'na' }) }))).toBe('note')
    expect(faultOf(row({ base: said('5') }))).toBe('empty')
    expect(faultOf(row({ mine: said('', { note: 'x' }) }))).toBe('empty')
    expect(isSendable(row({ mine: said('1x') }))).toBe(false)
    expect(isSendable(row({ mine: said('1') }))).toBe(true)
    expect(isSendable(row({ mine: said('1'), theirs: step() }))).toBe(false)
    expect(isSendable(row({ mine: said('1'), isOpen: false }))).toBe(false)
  })
  it('is sent with the step that was seen, and nothing that is not said', () => {
    expect(itemOf(row({ mine: said('1', { note: ' ', evidence: ['d'] }), at: 7 }))).toEqual({ unit: 'a', element: 'gdp', at: 7, value: '1', evidence: ['d'] })
    expect(itemOf(row({ mine: said('', { state: 'pending', note: 'later' }) }))).toEqual({ unit: 'a', element: 'gdp', state: 'pending', note: 'later' })
  })
})

describe('what is kept, over what the server has now', () => {
  const kept = [{ key: 'a gdp', at: 7, mine: said('6') }]
  it('goes on where nobody was there meanwhile', () => {
    const [now] = laidOver([row({}, { report: step() })], kept)
    expect([now!.mine.value, now!.theirs, isChanged(now!)]).toEqual(['6', null, true])
    expect(keptOf([now!])).toEqual(kept)
  })
  it('is done where the server says the same', () => {
    const [now] = laidOver([row({}, { report: step({ at: 9, value: '6' }) })], kept)
    expect([isChanged(now!), now!.theirs, now!.at]).toEqual([false, null, 9])
  })
  it('stands beside what somebody else did', () => {
    const [now] = laidOver([row({}, { report: step({ at: 9, value: '8', by: 'zhou.yan' }) })], kept)
    expect([now!.mine.value, now!.theirs?.value, isSendable(now!)]).toEqual(['6', '8', false])
    expect([overTheirs(now!).mine.value, overTheirs(now!).at, isSendable(overTheirs(now!))]).toEqual(['6', 9, true])
    expect([takeTheirs(now!).mine.value, isChanged(takeTheirs(now!))]).toEqual(['8', false])
  })
  it('is told, not lost, where it may not be filled in any more', () => {
    const [now] = laidOver([row({}, { report: step({ at: 7, stage: 'draft' }), phase: 'locked' })], kept)
    expect([now!.mine.value, now!.theirs !== null]).toEqual(['6', true])
  })
})

describe('what is told of it', () => {
  const check = (severity: 'hard' | 'justify', state: 'failed' | 'justified' | 'unjudged') => ({ check: 'c', severity, state, title: '', shown: '' })
  it('is the worst of its checks, and nothing of an entry that was not judged', () => {
    const mine = said('5')
    expect(verdictOf(row({ mine, judged: mine, checks: [check('justify', 'failed'), check('hard', 'failed')] }))).toBe('hard')
    expect(verdictOf(row({ mine, judged: mine, checks: [check('justify', 'failed'), check('hard', 'unjudged')] }))).toBe('justify')
    expect(verdictOf(row({ mine, judged: mine, checks: [check('justify', 'justified')] }))).toBe('justified')
    expect(verdictOf(row({ mine, judged: mine }))).toBe('holds')
    expect(verdictOf(row({ mine, judged: said('4') }))).toBe('none')
    expect(verdictOf(row({ mine, judged: null }))).toBe('none')
    expect(verdictOf(row({ mine: said('x') }))).toBe('fault')
  })
  it('counts what is owed', () => {
    const rows = [row(), row({}, { report: step() }), row({}, { report: step({ stage: 'returned' }) }), row({}, { report: step({ stage: 'verified' }) }), row({}, { state: 'given' })]
    expect(countsOf(rows)).toEqual({ owed: 4, submitted: 1, drafted: 1, signed: 0, returned: 1, open: 1 })
  })
  it('tells how long is left, by the clocks of China', () => {
    const now = Date.parse('2021-09-07T08:00:00Z')
    expect(leftOf('2021-09-10T17:00', now)).toEqual({ isOver: false, days: 3, hours: 1 })
    expect(leftOf('2021-09-07', now)).toEqual({ isOver: false, days: 0, hours: 7 })
    expect(leftOf('2021-09-06', now).isOver).toBe(true)
  })
  it('tells the change on the year where there is one', () => {
    expect([changeFrom('100', '128.9'), changeFrom('', '1'), changeFrom('0', '1'), changeFrom('A', '1')]).toEqual([expect.closeTo(28.9), null, null, null])
    expect(changeFrom('-10', '-5')).toBe(50)
  })
  it('is empty of a report that there is not', () => expect(entryOf(null)).toBe(nothing))
})

describe('cells', () => {
  const rows = [row({ key: '1' }), row({ key: '2', isOpen: false }), row({ key: '3', mine: said('9', { note: 'n' }) })]
  const at = (row: number, column: number) => ({ row, column })
  it('take a block from its corner on, and leave alone what is shut or outside', () => {
    const put = pasted(rows, rangeOf(at(0, 0), at(0, 0)), [['1', 'a', 's', 'x'], ['2'], ['3'], ['4']])
    expect([...put.changes].map(([key, one]) => [key, one.value, one.note, one.source])).toEqual([['1', '1', 'a', 's'], ['3', '3', 'n', '']])
    expect([put.shut, put.below]).toEqual([2, 1])
  })
  it('are filled with one text, cleared, and copied', () => {
    expect([...pasted(rows, rangeOf(at(2, 0), at(0, 0)), [['7']]).changes].map(([, one]) => one.value)).toEqual(['7', '7'])
    expect([...cleared(rows, rangeOf(at(2, 0), at(2, 1))).changes]).toEqual([['3', nothing]])
    expect(copied(rows, rangeOf(at(2, 0), at(2, 1)), name)).toEqual([['9', 'n']])
  })
})
