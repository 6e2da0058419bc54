// What waits for a second person: pure, so that it is tried alone.
import { fieldsOf, type Entry } from './entries'

export interface Proposal extends Entry {
  state: 'open' | 'accepted' | 'refused' | 'withdrawn'
  decided?: number
  expires?: string
}
export const states = ['open', 'accepted', 'refused', 'withdrawn'] as const

const MOST = 20 // rows that are told beside a proposal of very many
// The numbers of the rows that a proposal would replace.
export function correctedOf(proposal: Proposal): string[] {
  return fieldsOf(proposal.fields)
    .flatMap((field) => field.inner.filter((one) => one.name === '@corrects').map((one) => one.text))
    .slice(0, MOST)
}
export const reasonOf = (proposal: Proposal): string => (typeof proposal.fields['@reason'] === 'string' ? (proposal.fields['@reason'] as string) : '')
// Whether it is a version of a scheme, which can be tried before it is decided on.
export const hasScheme = (proposal: Proposal): boolean => fieldsOf(proposal.fields).some((field) => field.kind === 'scheme')
