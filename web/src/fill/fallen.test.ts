import { describe, expect, it } from 'vitest'
import type { WaitingFigure } from '../api'
import { fallenOf, queuePrint } from './fallen'

const figure = (act: string, more: Partial<WaitingFigure> = {}): WaitingFigure => ({ period: '2022-01', unit: 'a', element: 'gdp', reporter: 'stat', stage: 'none', act, since: '', late: false, vacant: true, roles: ['unit', 'approver'], at: 'stat', ...more })

describe('what has fallen on the office', () => {
  it('stands together by act, unit and period, what only two can mend first', () => {
    const groups = fallenOf([figure('draft'), figure('draft', { unit: 'b', late: true }), figure('draft', { period: '2022-02' }), figure('except', { vacant: false, roles: ['office'], late: true }), figure('correct', { vacant: false, roles: ['office'] })])
    expect(groups.map((one) => [one.act, one.period, one.figures.length, one.late, one.post])).toEqual([
      ['correct', '2022-01', 1, 0, ''],
      ['except', '2022-01', 1, 1, ''],
      ['draft', '2022-01', 2, 1, 'stat'],
      ['draft', '2022-02', 1, 0, 'stat'],
    ])
  })
  it('is not what the queue has, nor what somebody else holds', () => {
    expect(fallenOf([figure('accept', { vacant: false }), figure('draft', { vacant: false })])).toEqual([])
  })
  it('is another queue once a figure went a step further', () => {
    expect(queuePrint([figure('accept', { report: 7 })])).not.toBe(queuePrint([figure('accept', { report: 8 })]))
  })
})
