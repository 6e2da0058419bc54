import { describe, expect, it } from 'vitest'
import type { TreeNode } from '../api'
import { cellText, gridOf, nodesOf, sheetOf, toneOf, type MatrixCell, type MatrixUnit } from './matrix'

const node = (id: string, level: number, individual = false): TreeNode => ({ id, name: { zh: id }, level, leaf: level > 1, individual })
const tree = [node('total', 0), node('economy', 1), node('gdp', 2), node('jobs', 2, true), node('safety', 1), node('fires', 2)]
const cell = (of: string, rank: number | null, standing: number | null): MatrixCell => ({ node: of, rank, of: 3, score: rank === null ? null : 90, standing })
const unit = (id: string, ranks: Record<string, number | null>): MatrixUnit => ({ id, rank: ranks.total ?? null, strengths: [], weaknesses: [], nodes: Object.entries(ranks).map(([of, rank]) => cell(of, rank, rank === null ? null : 1 - (rank - 1) / 2)) })
const units = [
  unit('a', { total: 1, economy: 1, gdp: 2, jobs: 1, safety: 3, fires: 3 }),
  unit('b', { total: 2, economy: 3, gdp: 1, safety: 1, fires: 1 }),
  unit('c', { total: 3, economy: 2, gdp: null, safety: 2, fires: 2 }),
]
const all = { block: '', kind: '', down: '', sort: '', across: '' }

describe('matrix', () => {
  it('has the longer side down the page', () => {
    const grid = gridOf(units, tree, all)
    expect(grid.down.map((one) => one.id)).toEqual(['total', 'economy', 'gdp', 'jobs', 'safety', 'fires'])
    expect(grid.across.map((one) => one.id)).toEqual(['a', 'b', 'c'])
    expect(gridOf(units, tree, { ...all, down: 'units' }).down.map((one) => one.id)).toEqual(['a', 'b', 'c'])
  })
  it('never has very many units across', () => {
    const many = Array.from({ length: 61 }, (_, index) => unit(`u${index}`, { total: index + 1 }))
    expect(gridOf(many, tree, { ...all, down: 'nodes' }).down).toHaveLength(61)
  })
  it('sorts by a column and by a row, whoever has no rank at the end either way', () => {
    expect(gridOf(units, tree, { ...all, down: 'units', sort: 'gdp' }).down.map((one) => one.id)).toEqual(['b', 'a', 'c'])
    expect(gridOf(units, tree, { ...all, down: 'units', sort: '-gdp' }).down.map((one) => one.id)).toEqual(['a', 'b', 'c'])
    expect(gridOf(units, tree, { ...all, across: 'fires' }).across.map((one) => one.id)).toEqual(['b', 'c', 'a'])
  })
  it('keeps a block with what is below it, or leaves of one kind', () => {
    expect(nodesOf(units, tree, { ...all, block: 'economy' }).map((one) => one.id)).toEqual(['economy', 'gdp', 'jobs'])
    expect(nodesOf(units, tree, { ...all, kind: 'individual' }).map((one) => one.id)).toEqual(['jobs'])
    expect(nodesOf(units, tree, { ...all, kind: 'common', block: 'safety' }).map((one) => one.id)).toEqual(['fires'])
  })
  it('has a tone for each fifth, and none where nobody is compared', () => {
    expect([1, 0.8, 0.5, 0.1, 0].map((standing) => toneOf(cell('gdp', 1, standing)))).toEqual([0, 0, 2, 4, 4])
    expect(toneOf(cell('gdp', 1, null))).toBe(-1)
    expect(toneOf(undefined)).toBe(-1)
  })
  it('tells no rank from no such indicator', () => {
    const grid = gridOf(units, tree, all)
    expect(cellText(grid.at('gdp', 'c'))).toBe('—')
    expect(cellText(grid.at('jobs', 'b'))).toBe('·')
    expect(sheetOf(grid, '指标', (one) => one.id)[3]).toEqual(['gdp', 2, 1, '—'])
  })
})
