// The posting without its page: what stands on it, from results. Pure.
import type { Assessment, Group, ResultUnit, TreeNode } from '../api'
import { figure, periodName } from '../figures'
import { textOf, type Language, type Texts } from '../words'
import { blocksOf, rowsOf, type Row } from './league'
import type { Vintage } from './vintages'

export interface PostedGroup {
  group: Group
  rows: Row[]
  blocks: TreeNode[]
  hasRatings: boolean
}

export function postedGroups(assessment: Assessment, results: { id: string; units: ResultUnit[] }[], wanted: string): PostedGroup[] {
  return (assessment.groups ?? [])
    .filter((group) => wanted === '' || group.id === wanted)
    .map((group) => {
      const units = results.find((one) => one.id === group.id)?.units ?? []
      const rows = rowsOf(units, group, [], new Map(), { by: '', compare: '', shown: '', sort: '', filter: '', grade: '', moved: false })
      return { group, rows, blocks: blocksOf(units, assessment.tree ?? []), hasRatings: rows.some((row) => row.counts.some((count) => count > 0)) }
    })
    .filter((one) => one.rows.length > 0)
}

// On paper, also without colour: ▲2, ▼1, — and a word.
export function changeText(row: Row, fresh: string): string {
  if (row.change.kind === 'up') return `▲${row.change.count}`
  if (row.change.kind === 'down') return `▼${row.change.count}`
  return row.change.kind === 'fresh' ? fresh : '—'
}

export function pointsText(row: Row, block: string, decimals: number): string {
  return figure(row.blocks.find((one) => one.node === block)?.points, decimals)
}

// The period stands in the title once only.
export function titleOf(title: Texts | undefined, period: string, own: string, language: Language, words: (assessment: string, period: string) => string): string {
  return words(textOf(title, language), period === own ? '' : periodName(period, language))
}

// The posting that froze what is shown, if there is one: by its number it can be found, by its digest it can be held to.
export function postedAs(vintages: Vintage[], known: string): Vintage | undefined {
  return known === '' ? undefined : vintages.find((one) => one.kind === 'posted' && one.known === known && /^[0-9a-f]{32,128}$/.test(one.digest))
}
export function squareText(assessment: string, posted: Vintage): string {
  return `baton posting ${assessment} ${posted.position} ${posted.digest}`
}
