// How a score came about without its page: what an explanation says (docs/explain.md), pure, so that it is tried alone.
import type { ResultUnit, TreeNode } from '../api'
import type { Texts } from '../words'

export interface Fact {
  position: number
  time: string
  reporter?: { id: string; name?: string }
  verifier?: { id: string; name?: string }
  receipt: string
  corrects?: number
  was?: string
  reason?: string
}
export interface Line {
  kind: string
  label?: string
  text?: string
  id?: string
  name?: string | Texts
  unit?: string | { id: string }
  package?: { id: string; name?: Texts }
  period?: string
  formula?: string | Texts
  value?: number | string
  measure?: string
  word?: string
  file?: string
  row?: number
  fact?: Fact
  observation?: { fact?: Fact; file?: string; row?: number; source?: string; document?: string }
  clause?: { title: string; file: string; row: number; text?: string }
  lines?: Line[]
  // of a node
  told?: boolean
  score?: number | null
  published?: number
  decimals?: number
  weight?: number
  share?: number
  points?: number
  rank?: number
  of?: number
  rank_change?: number
  rating?: string
  grade?: string
  notes?: string[]
}
export interface Explanation {
  period: string
  unit: { id: string; name?: Texts }
  group: { id: string; name?: Texts }
  explanation: Line
}

// The nodes above one, the highest first: the tree is a list with levels.
export function above(tree: TreeNode[], node: string): TreeNode[] {
  const at = tree.findIndex((one) => one.id === node)
  const path: TreeNode[] = []
  let level = tree[at]?.level ?? 0
  for (let index = at - 1; index >= 0 && level > 0; index--) {
    const one = tree[index]!
    if (one.level >= level) continue
    level = one.level
    path.unshift(one)
  }
  return path
}

// Long numbers of a calculation to four decimals, small ones to four digits: digits are left out, none is made up.
export function shortened(text: string): string {
  return text.replace(/(^|[^\w.\u4e00-\u9fff])(\d+\.\d{5,})(?![\w.])/g, (_, before: string, number: string) => {
    const value = Number(number)
    const short = value !== 0 && value < 0.1 ? value.toPrecision(4) : value.toFixed(4)
    return before + (short.includes('e') ? number : short.replace(/\.?0+$/, ''))
  })
}

export interface Input {
  what: string // as the formula names it
  period: string
  value: number | string | null
  measure: string
  fact: Fact | null
  place: { file: string; row: number } | null // where no fact stands behind it
  source: string
  document: string
}

// The figures of the unit itself that were read, each row once. Unit and period of a line are those of the line above where it says none.
export function inputsOf(line: Line, own: string): Input[] {
  const inputs: Input[] = []
  const seen = new Set<string>()
  const walk = (one: Line, unit: string, period: string): void => {
    const whose = typeof one.unit === 'string' ? one.unit : one.unit ? '' : unit // an object is a unit of another package
    const when = one.period ?? period
    const row = one.observation
    if (row && whose === own) {
      const key = row.fact ? String(row.fact.position) : `${row.file}:${row.row}`
      if (!seen.has(key)) {
        seen.add(key)
        inputs.push({
          what: typeof one.formula === 'string' ? one.formula : (one.id ?? ''),
          period: when,
          value: one.value ?? null,
          measure: one.measure ?? '',
          fact: row.fact ?? null,
          place: !row.fact && row.file && row.row ? { file: row.file, row: row.row } : null,
          source: row.source ?? '',
          document: row.document ?? '',
        })
      }
    }
    if (one.kind !== 'node' || one === line) for (const below of one.lines ?? []) walk(below, whose, when)
  }
  walk(line, own, line.period ?? '')
  return inputs
}

// What a history of a report tells of who did what: the last of each step that still holds.
export interface Revision {
  time: string
  actor: string
  actor_name: string | null
  fields: Record<string, string>
}
export interface Step {
  who: string
  time: string
}
export type Steps = Partial<Record<'draft' | 'signed' | 'submitted' | 'verified' | 'accepted', Step>>

export function stepsOf(history: Revision[]): Steps {
  let steps: Steps = {}
  for (const one of history) {
    const stage = one.fields.stage ?? ''
    if (stage === 'draft') steps = {}
    if (stage === 'returned') steps = steps.draft ? { draft: steps.draft } : {}
    else steps[stage as keyof Steps] = { who: one.actor_name ?? one.actor, time: one.time }
  }
  return steps
}

export interface Receipt {
  size: string
  time: string
  root: string
  leaf: string
  proof: number
}
export function receiptOf(text: string): Receipt {
  const lines = text.split(/\r?\n/)
  const value = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? ''
  return { size: value('size'), time: value('time'), root: value('root'), leaf: value('leaf'), proof: lines.filter((line) => line.startsWith('proof: ')).length }
}

export interface Mark {
  id: string
  value: number
  isScore: boolean
  score: number | null
  rank: number | null
}

// Who is compared: of each unit its figure, or its score where the node has none or figures are no numbers. The largest first.
export function marksOf(units: ResultUnit[], node: string): Mark[] {
  const rows = units.map((unit) => ({ id: unit.id, row: unit.nodes.find((one) => one.node === node) }))
  const isScore = !rows.some(({ row }) => typeof row?.value === 'number')
  return rows
    .map(({ id, row }) => ({ id, value: isScore ? row?.score : row?.value, isScore, score: row?.score ?? null, rank: row?.rank ?? null }))
    .filter((mark): mark is Mark => typeof mark.value === 'number')
    .sort((x, y) => y.value - x.value)
}

// Which units a method compares: those of the group, unless a line says otherwise.
export function cohortWord(line: Line): string {
  for (const one of line.lines ?? []) {
    if (one.kind === 'node') continue
    if (one.kind === 'cohort') return one.word ?? 'group'
    const below = cohortWord(one)
    if (below) return below
  }
  return ''
}
