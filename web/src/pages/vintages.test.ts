import { describe, expect, it } from 'vitest'
import { isKnown, vintagesOf, yearBefore } from './vintages'

const posting = (position: number, size: string, period?: string) => ({ position, time: '2021-09-05T09:00:00Z', assessment: 'a', fields: { size, ...(period ? { period } : {}), digest: 'd' } })
const said = (position: number) => ({ position, time: '2021-09-06T09:00:00Z' })

describe('states of a result', () => {
  it('are what was posted of the period and each revision of its rows, the newest first', () => {
    const rows = [{ kind: 'observation' as const, period: '2021-08', revised: [said(30)], final: said(41) }, { kind: 'observation' as const, period: '2021-07', revised: [], final: said(50) }, { kind: 'observation' as const, period: '2021-08', revised: [], final: said(41) }]
    const found = vintagesOf('2021-08', '2021', [posting(20, '20', '2021-08'), posting(60, '60', '2021-09')], rows)
    expect(found.map((one) => [one.kind, one.position, one.known])).toEqual([['revised', 41, '41'], ['revised', 30, '30'], ['posted', 20, '19']])
  })
  it('are revisions of targets and adjustments of the year, too', () => {
    const rows = [
      { kind: 'target' as const, period: '2021', revised: [], final: said(12) },
      { kind: 'adjustment' as const, period: '2021-02', revised: [], final: said(13) },
      { kind: 'target' as const, period: '2020', revised: [], final: said(14) },
      { kind: 'observation' as const, period: '2021', revised: [], final: said(15) },
    ]
    expect(vintagesOf('2021-08', '2021', [], rows).map((one) => [one.kind, one.position])).toEqual([['adjustment', 13], ['target', 12]])
  })
  it('takes a posting without a period for one of the own period, and none without a size', () => {
    expect(vintagesOf('2021', '2021', [posting(9, '9'), posting(8, '0'), posting(7, '')], []).map((one) => one.position)).toEqual([9])
    expect(vintagesOf('2021-08', '2021', [posting(9, '9')], [])).toEqual([])
  })
  it('are named by a number or a day', () => {
    expect(['26717', '2021-09-05', '0'].map(isKnown)).toEqual([true, true, true])
    expect(['', 'now', '-1', '2021-9-5', '1e5'].map(isKnown)).toEqual([false, false, false, false, false])
  })
})

describe('a year before', () => {
  it('is the period of the same name', () => {
    expect(['2021-08', '2021', '2021-Q3', '2000-H1', 'x'].map(yearBefore)).toEqual(['2020-08', '2020', '2020-Q3', '1999-H1', ''])
  })
})
