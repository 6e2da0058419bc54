import { describe, expect, it } from 'vitest'
import { sidesOf } from './roles'
import { tourRole, tours } from './tours'

describe('tours', () => {
  it('are there for every role, four to six steps in both languages', () => {
    for (const role of ['office', 'committee', 'unit', 'approver', 'owner', 'leader', 'cadre', 'supervisor', 'system_admin', 'security_admin', 'auditor']) {
      const steps = tours[tourRole([role])] ?? []
      expect(steps.length, role).toBeGreaterThanOrEqual(4)
      expect(steps.length, role).toBeLessThanOrEqual(6)
      expect(steps.every((one) => one.title.zh && one.title.en && one.text.zh && one.text.en), role).toBe(true)
    }
  })
  it('are of the role to which the first page belongs', () => {
    const standsIn = ['office', 'system_admin', 'security_admin']
    expect([sidesOf(standsIn)[0]!.name, tourRole(standsIn)]).toEqual(['table', 'office'])
    expect([sidesOf(['unit', 'approver'])[0]!.name, tourRole(['unit', 'approver'])]).toEqual(['sign', 'approver'])
    expect([sidesOf(['security_admin'])[0]!.name, tourRole(['security_admin'])]).toEqual(['people', 'security_admin'])
  })
})
