import { describe, expect, it } from 'vitest'
import { answeringPersons, namesPersons, postedPersons } from './persons'

const post = (role: string, unit: string | null, from: string, to: string | null = null) => ({ position: 1, role, unit, assessment: null, indicator: null, deputy: false, from, to })

describe('persons of the search', () => {
  it('have the posts of today only, and their id where the name was erased', () => {
    const people = [
      { id: 'a', name: '甲', note: null, position: 1, posts: [post('unit', 'north', '2021-01-01'), post('approver', 'north', '2021-01-01', '2021-03-01'), post('owner', null, '2030-01-01')] },
      { id: 'b', name: null, note: null, position: 2, posts: [] },
    ]
    expect(postedPersons(people, '2021-06-01')).toEqual([
      { id: 'a', name: '甲', roles: ['unit'], unit: 'north', late: '' },
      { id: 'b', name: 'b', roles: [], unit: '', late: '' },
    ])
  })
  it('stand once for each unit that they answer for, and in the role on which it fell', () => {
    const late = { count: 1, shut: 0, due: '2021-09-10T17:00', vacant: false }
    const found = answeringPersons({
      figures: 3,
      items: [
        { ...late, reporter: 'north', name: { zh: '北' }, roles: ['unit'], persons: [{ person: 'a', name: '甲', deputy: false }] },
        { ...late, reporter: 'north', name: { zh: '北' }, roles: ['approver'], persons: [{ person: 'a', name: '甲', deputy: false }] },
        { ...late, reporter: 'south', name: { zh: '南' }, roles: ['unit'], falls_on: ['office'], persons: [{ person: 'a', name: '甲', deputy: false }] },
      ],
    })
    expect(found.map((one) => [one.id, one.late, one.roles])).toEqual([['a', 'north', ['unit']], ['a', 'south', ['office']]])
  })
  it('are asked for by those alone to whom the interface names persons', () => {
    expect(['office', 'security_admin', 'auditor', 'leader', 'committee', 'supervisor'].every((role) => namesPersons([role]))).toBe(true)
    expect(['unit', 'approver', 'owner', 'cadre', 'system_admin'].some((role) => namesPersons([role]))).toBe(false)
  })
})
