// Entries of the journal as rows and as fields: see docs/journal.md. Pure, so that it is tried alone.
import type { EntryTold } from './proof'

export interface Entry extends EntryTold {
  actor_name: string | null
  words: string
}

// Every kind of fact, in the order of src/ledger/fact_kinds.def, but for audit records, which are listed apart.
export const kinds = ['observation', 'report', 'target', 'adjustment', 'evidence', 'scheme', 'unit', 'succession', 'proposal', 'decision', 'withdrawal', 'posting', 'period', 'exception', 'calendar', 'day', 'person', 'post', 'sharing', 'permitted', 'registration', 'quota', 'effort', 'term', 'erasure', 'key', 'ledger'] as const

export interface Field {
  name: string
  text: string // '' where `content` or `inner` is there
  content: string // digest of what stands outside of the journal
  kind: string // of a fact that is proposed
  inner: Field[]
}

// The order of fields: what the entry says, then what the ledger adds (@...).
export function fieldsOf(fields: Record<string, unknown>): Field[] {
  const all = Object.entries(fields).map(([name, value]): Field => {
    if (typeof value !== 'object' || value === null) return { name, text: String(value), content: '', kind: '', inner: [] }
    const { content, kind, fields: inner } = value as { content?: string; kind?: string; fields?: Record<string, unknown> }
    return { name, text: '', content: content ?? '', kind: kind ?? '', inner: inner ? fieldsOf(inner) : [] }
  })
  return [...all.filter((one) => !one.name.startsWith('@')), ...all.filter((one) => one.name.startsWith('@'))]
}

// Another entry that a field names by its number: one that is corrected, or a proposal.
export function numberOf(field: Field): string {
  return ['@corrects', '@proposal', 'proposal', 'scheme'].includes(field.name) && /^\d{1,15}$/.test(field.text) ? field.text : ''
}

// A long digest in pieces, as it is compared by eye.
export const inFours = (hex: string): string => hex.replace(/(.{4})(?=.)/g, '$1 ')
