import { describe, expect, it, vi } from 'vitest'
import { Problem, type ExpectedFigure } from '../api'
import { isChanged, nothing, rowOf, type Row } from './figures'
import { Saving, type Server } from './saving'

vi.mock('../words', () => ({ i18n: { global: { locale: { value: 'zh' }, t: (key: string) => key } } }))
vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.map(() => Math.floor(Math.random() * 256)) })

const figure = (element: string): ExpectedFigure => ({ unit: 'a', element, reporter: 'a', state: 'awaited', phase: 'open' })
const typed = (element: string, value: string): Row => ({ ...rowOf(figure(element)), mine: { ...nothing, value } })
function begin(rows: Row[], draft: Server['draft'], fresh: ExpectedFigure[] = []) {
  const world = { rows }
  const saving = new Saving({ draft, read: async () => fresh }, () => world.rows, (next) => (world.rows = next), 'chen.li')
  return { world, saving }
}
const stored = (...positions: number[]) => ({ first: positions[0]!, repeat: false, items: positions.map((position) => ({ position })), checks: [] })

describe('saving', () => {
  it('sends what can be sent but what is being typed, and knows the steps that came of it', async () => {
    const draft = vi.fn(async () => stored(11))
    const { world, saving } = begin([typed('x', '1'), typed('y', '2'), typed('z', '3x')], draft)
    await saving.save('a y')
    expect(draft.mock.calls.map((call) => (call as unknown[])[0])).toEqual([[{ unit: 'a', element: 'x', value: '1' }]])
    expect(world.rows.map((row) => [row.at, isChanged(row)])).toEqual([[11, false], [0, true], [0, true]])
  })
  it('sends the same request again where its answer was lost, though more was typed since', async () => {
    const calls: [unknown, string][] = []
    const draft = vi.fn(async (items: unknown, key: string) => {
      calls.push([items, key])
      if (calls.length === 1) throw new Problem(0, 'OFFLINE', '')
      return stored(calls.length * 10)
    })
    const { world, saving } = begin([typed('x', '1')], draft as Server['draft'])
    await expect(saving.save('')).rejects.toThrow()
    world.rows = world.rows.map((row) => ({ ...row, mine: { ...nothing, value: '2' } }))
    await saving.save('')
    expect(calls[1]).toEqual(calls[0])
    expect(calls[2]![0]).toEqual([{ unit: 'a', element: 'x', at: 20, value: '2' }])
    expect(calls[2]![1]).not.toBe(calls[0]![1])
    expect(saving.isOwing).toBe(false)
  })
  it('puts what is said of a row beside it, and sends the others', async () => {
    let times = 0
    const { world, saving } = begin([typed('x', '1'), typed('y', '2')], async () => {
      if (times++ === 0) throw new Problem(422, 'FIGURE_BAD', '', '', '', [{ name: 'FIGURE_BAD', detail: 'no', pointer: '/items/0' }])
      return stored(5)
    })
    await saving.save('')
    expect(world.rows.map((row) => [row.fault, isChanged(row)])).toEqual([['no', true], ['', false]])
  })
  it('shows what somebody else did, and keeps what was typed', async () => {
    const theirs = { at: 9, stage: 'draft' as const, by: 'zhou.yan', time: '2022-02-01T00:00:00Z', value: '8' }
    const { world, saving } = begin(
      [typed('x', '1')],
      async () => {
        throw new Problem(409, 'REPORT_MEANWHILE', '', '', '', [{ name: 'REPORT_MEANWHILE', detail: '', pointer: '/items/0' }])
      },
      [{ ...figure('x'), report: theirs }],
    )
    await saving.save('')
    expect([world.rows[0]!.mine.value, world.rows[0]!.theirs]).toEqual(['1', theirs])
  })
  it('throws what was said of the whole', async () => {
    const { saving } = begin([typed('x', '1')], async () => {
      throw new Problem(403, 'RIGHT_LACKING', 'no')
    })
    await expect(saving.save('')).rejects.toThrow('no')
    expect(saving.isOwing).toBe(true)
  })
})
