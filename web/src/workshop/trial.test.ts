import { describe, expect, it } from 'vitest'
import { gained, groupsOf, reasonsOf, scoreGained, signed, type Trial, type TrialUnit } from './trial'

const unit = (id: string, group: string, old: [number | null, number | null], now: [number | null, number | null], parts: [string, number, number][] = []): TrialUnit => ({
  unit: id,
  group,
  old: { score: old[0], rank: old[1], grade: null },
  replayed: { score: now[0], rank: now[1], grade: null },
  attribution: parts.map(([amendment, score, rank]) => ({ amendment, score, rank, grade: 0 })),
  remainder: { score: 0, rank: 0, grade: 0 },
})
const a = unit('a', 'g', [76, 3], [86.5, 1], [['1', 6.75, 0.5], ['2', 3.75, 1.5]])
const b = unit('b', 'g', [77.5, 1], [77.5, 2], [['1', 0.25, 0], ['2', -0.5, 0]])
const trial: Trial = { amendments: [], units: [], stability: { weight: 1, groups: [{ group: 'g', title: { zh: '甲类' }, weight: 1 }] }, replay: { period: '2021', attribution: 'shapley', fallback: null, without_figures: [], adjustments_left_out: 0, units: [b, a, unit('c', 'g', [null, null], [1, null]), unit('d', 'h', [1, 1], [1, 1])] } }

describe('a trial', () => {
  it('has its units by group and new rank, with how many rose and fell', () => {
    expect(groupsOf(trial).map((group) => [group.id, group.units.map((one) => one.unit).join(''), group.up, group.down, group.kept])).toEqual([['g', 'abc', 1, 1, 0], ['h', 'd', 0, 0, 1]])
    expect(groupsOf({ ...trial, replay: null })).toEqual([])
  })
  it('has a unit that changes its group in the new one, and counts no places between the two', () => {
    const moved = { ...unit('e', 'g', [80, 1], [80, 2]), new_group: 'h' }
    expect(gained(moved)).toBe(null)
    expect(groupsOf({ ...trial, replay: { ...trial.replay!, units: [...trial.replay!.units, moved] } }).map((group) => [group.id, group.units.map((one) => one.unit).join('')])).toEqual([['g', 'abc'], ['h', 'de']])
  })
  it('tells places and points gained; without one of the two nothing', () => {
    expect([gained(a), gained(b), gained(trial.replay!.units[2]!), scoreGained(a), scoreGained(trial.replay!.units[2]!)]).toEqual([2, -1, null, 10.5, null])
  })
  it('names the amendment that did most first, by places before points', () => {
    expect(reasonsOf(a).map((one) => one.amendment)).toEqual(['2', '1'])
    expect(reasonsOf(b)).toEqual([{ amendment: '2', by: 'score', value: -0.5 }, { amendment: '1', by: 'score', value: 0.25 }])
    expect(reasonsOf(trial.replay!.units[3]!)).toEqual([])
  })
  it('writes numbers with their sign', () => {
    expect([signed(1.5, 2), signed(-0.25, 2), signed(0, 2), signed(-0.001, 2), signed(null, 2), signed(10, 0), signed(1.5, 2, true), signed(0, 2, true)]).toEqual(['+1.5', '−0.25', '0', '0', '—', '+10', '+1.50', '0.00'])
  })
})
