import { describe, expect, it } from 'vitest'
import { sidesOf } from './roles'

const namesOf = (...roles: string[]): string[] => sidesOf(roles).map((side) => side.name)
const administration = ['journal', 'audit', 'verify', 'people', 'health']

describe('the list at the side', () => {
  it('has each of the three administrators’ own pages, and nobody else’s', () => {
    expect(namesOf('auditor').filter((name) => administration.includes(name))).toEqual(['journal', 'audit', 'verify'])
    expect(namesOf('system_admin').filter((name) => administration.includes(name))).toEqual(['health', 'verify'])
    expect(namesOf('security_admin').filter((name) => administration.includes(name))).toEqual(['people'])
    for (const role of ['office', 'committee', 'unit', 'approver', 'owner', 'leader', 'cadre', 'supervisor']) expect(namesOf(role).filter((name) => administration.includes(name)), role).toEqual([])
    for (const role of ['system_admin', 'security_admin']) expect(namesOf(role)).not.toContain('table')
  })
  it('is not longer than eight, whatever posts somebody holds, and begins with a page of theirs', () => {
    const all = ['office', 'committee', 'unit', 'approver', 'owner', 'leader', 'cadre', 'supervisor', 'auditor']
    for (let some = 0; some < 2 ** all.length; some++) {
      const names = namesOf(...all.filter((_, i) => (some >> i) & 1))
      expect(names.length).toBeLessThanOrEqual(8)
      expect(new Set(names).size).toBe(names.length)
      if (some > 0) expect(['glossary', 'account']).not.toContain(names[0])
    }
  })
})
