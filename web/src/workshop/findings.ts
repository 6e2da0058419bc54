// What the check says of a draft (POST /packages/check), at the rows and fields that it names. Pure.
import type { Scheme } from './scheme'
import { cellOf } from './table'

export interface Finding {
  code: string
  severity: 'error' | 'warning' | 'note'
  file: string | null
  row: number | null
  field: string | null
  message: string
  why: string | null
  advice: string | null
}
export interface Checked {
  sound: boolean
  errors: number
  warnings: number
  findings: Finding[]
}
export interface Placed {
  byNode: Map<string, Finding[]>
  others: Finding[] // of no row of the tree
}

export function placeOf(scheme: Scheme, findings: Finding[], folder = ''): Placed {
  const byNode = new Map<string, Finding[]>()
  const others: Finding[] = []
  const ofLine = new Map(scheme.nodes.map((node) => [node.line, node.id]))
  const ofWeight = new Map([...scheme.given.values()].map((one) => [one.line, cellOf(scheme.weights, scheme.weights.rows[one.at]!, 'indicator').trim()]))
  for (const finding of findings) {
    const file = (finding.file ?? '').startsWith(folder) ? (finding.file ?? '').slice(folder.length) : (finding.file ?? '')
    const node = finding.row === null ? undefined : file === 'indicators.csv' ? ofLine.get(finding.row) : file === 'weights.csv' ? ofWeight.get(finding.row) : undefined
    if (node !== undefined && scheme.byId.has(node)) byNode.set(node, [...(byNode.get(node) ?? []), finding])
    else others.push(finding)
  }
  return { byNode, others }
}
// The gravest of some; '' = there is none.
export function gravest(findings: Finding[]): Finding['severity'] | '' {
  return (['error', 'warning', 'note'] as const).find((severity) => findings.some((one) => one.severity === severity)) ?? ''
}
