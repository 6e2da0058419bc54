import { describe, expect, it } from 'vitest'
import type { ExpectedFigure, WaitingFigure } from '../api'
import { difference, faultsOf, isFar, isOdd, queueOf, wordOf, type Waiting } from './queue'

const expected = (unit: string, more: Partial<ExpectedFigure> = {}): ExpectedFigure => ({ unit, element: 'gdp', reporter: unit, state: 'awaited', phase: 'open', report: { at: 5, stage: 'draft', by: 'x', time: '', value: '110' }, beside: { unit: {}, indicator: {}, last: '100' }, ...more })
const turn = (unit: string, act: string): WaitingFigure => ({ period: '2022-01', unit, element: 'gdp', reporter: unit, stage: 'draft', act, since: '', late: false, vacant: false, roles: [] })
const row = (more: Partial<Waiting> = {}): Waiting => ({ ...queueOf([turn('a', 'sign')], [expected('a')], ['sign'])[0]!, ...more })
const check = (severity: 'hard' | 'justify', state: 'failed' | 'justified' | 'unjudged') => ({ check: 'c', severity, state, title: '', shown: '' })

describe('the queue', () => {
  it('has what waits for whoever asks and has a report, and nothing else', () => {
    const rows = queueOf([turn('a', 'sign'), turn('b', 'submit'), turn('c', 'draft'), turn('d', 'sign')], [expected('a'), expected('b'), expected('c'), expected('d', { report: undefined }), expected('e')], ['sign', 'submit'])
    expect(rows.map((one) => `${one.unit} ${one.act}`)).toEqual(['a sign', 'b submit'])
  })
  it('marks great differences, with a sign beside the colour', () => {
    expect(difference('100', '110')).toEqual({ text: '10.0%', kind: 'up', isMarked: false })
    expect(difference('100', '75')).toEqual({ text: '25.0%', kind: 'down', isMarked: true })
    expect(difference('1', '5000')).toEqual({ text: '>999%', kind: 'up', isMarked: true })
    expect(difference('', '5').kind).toBe('none')
  })
  it('marks what is far from both, where both are known', () => {
    expect([isFar(row({ value: '130' })), isFar(row({ value: '130', yearAgo: '125' })), isFar(row({ value: '130', yearAgo: '60' })), isFar(row({ value: '101', yearAgo: '60' })), isFar(row({ last: '', value: '5' }))]).toEqual([true, false, true, false, false])
  })
  it('says the worst of the checks', () => {
    expect(wordOf(row())).toBe('holds')
    expect(wordOf(row({ checks: [check('justify', 'justified'), check('hard', 'failed')] }))).toBe('hard')
    expect(wordOf(row({ checks: [check('justify', 'justified'), check('hard', 'unjudged')] }))).toBe('justified')
    expect(wordOf(row({ state: 'na' }))).toBe('none')
  })
  it('finds what needs a second look', () => {
    expect(isOdd(row())).toBe(false)
    expect([isOdd(row({ value: '130' })), isOdd(row({ state: 'na', value: '' })), isOdd(row({ returns: 1 })), isOdd(row({ needsEvidence: true })), isOdd(row({ needsEvidence: true, evidence: ['d'] }))]).toEqual([true, true, true, true, false])
  })
  it('puts what was said beside the figures that it was said of', () => {
    const sent = [row({ key: 'x' }), row({ key: 'y' })]
    expect([...faultsOf(sent, [{ pointer: '/items/1', detail: 'no' }, { pointer: '/items/1/at', detail: 'nor' }, { detail: 'whole' }])]).toEqual([['y', 'no\nnor']])
  })
})
