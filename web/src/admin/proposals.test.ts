import { describe, expect, it } from 'vitest'
import { correctedOf, hasScheme, reasonOf, type Proposal } from './proposals'

const proposal = (fields: Record<string, unknown>): Proposal => ({ state: 'open', position: 1, time: '', kind: 'proposal', assessment: 'a', actor: 'li', actor_name: null, words: '', fields })

describe('proposals', () => {
  it('name the rows that they would replace, and why', () => {
    const one = proposal({ '@reason': 'appeal', 'fact:0001': { kind: 'observation', fields: { '@corrects': '12', value: '3' } }, 'fact:0002': { kind: 'observation', fields: { value: '4' } }, 'fact:0003': { kind: 'unit', fields: { '@corrects': '14' } } })
    expect(correctedOf(one)).toEqual(['12', '14'])
    expect(reasonOf(one)).toBe('appeal')
    expect(reasonOf(proposal({}))).toBe('')
  })
  it('of very many tell the first of them', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`fact:${i}`, { kind: 'observation', fields: { '@corrects': String(i) } }]))
    expect(correctedOf(proposal(many)).length).toBe(20)
  })
  it('say whether they are a version of a scheme', () => {
    const of = (fields: Proposal['fields']): boolean => hasScheme({ fields } as Proposal)
    expect([of({ fact: { kind: 'scheme', fields: {} } } as Proposal['fields']), of({ fact: { kind: 'target', fields: {} }, '@reason': 'scheme' } as Proposal['fields']), of({})]).toEqual([true, false, false])
  })
})
