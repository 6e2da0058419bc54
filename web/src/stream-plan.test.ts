import { describe, expect, it } from 'vitest'
import { addressOf, covers, MOST_STREAMS, MOST_TABLES, planOf } from './stream-plan'

const tables = (count: number, of = 'a'): string[] => Array.from({ length: count }, (_, i) => `${of}/${i}`)

describe('the streams of all tabs', () => {
  it('are one, each result once, with notices where one of them wants them', () => {
    expect(planOf([{ tables: ['a/1', 'a/2'], notices: true }, { tables: ['a/2', 'b/1'], notices: false }, { tables: [], notices: true }])).toEqual([{ tables: ['a/1', 'a/2', 'b/1'], notices: true }])
    expect(planOf([{ tables: [], notices: true }])).toEqual([{ tables: [], notices: true }])
    expect(planOf([])).toEqual([])
    expect(planOf([{ tables: [], notices: false }])).toEqual([])
  })
  it('are more where one has no room, and never more than the browser can spare', () => {
    const parts = planOf([{ tables: tables(40), notices: true }])
    expect(parts.map((one) => one.tables.length)).toEqual([MOST_TABLES, 8])
    expect(parts.filter((one) => one.notices).length).toBe(1)
    expect(planOf([{ tables: tables(500), notices: false }]).length).toBe(MOST_STREAMS)
  })
  it('stand apart where one was refused, so that the others go on', () => {
    const wants = [{ tables: ['a/1', 'a/2'], notices: true }, { tables: ['a/2', 'b/1'], notices: true }, { tables: [], notices: true }]
    expect(planOf(wants, true)).toEqual([{ tables: ['a/1', 'a/2'], notices: true }, { tables: ['b/1'], notices: false }])
  })
  it('have addresses', () => {
    expect(addressOf({ tables: ['a/2021', 'b/2021-08'], notices: true })).toBe('/api/v1/events?tables=a%2F2021,b%2F2021-08&notices=1')
    expect(addressOf({ tables: [], notices: true })).toBe('/api/v1/events?notices=1')
  })
  it('cover what is wanted, or do not', () => {
    const open = [{ tables: ['a/1'], notices: false }, { tables: ['b/1'], notices: true }]
    expect(covers(open, { tables: ['a/1', 'b/1'], notices: true })).toBe(true)
    expect(covers(open, { tables: ['a/2'], notices: false })).toBe(false)
    expect(covers(open.slice(0, 1), { tables: [], notices: true })).toBe(false)
  })
})
