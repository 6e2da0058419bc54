import { describe, expect, it } from 'vitest'
import { bodyOf, daysAfter } from './tokens'

describe('tokens', () => {
  it('last to a day', () => {
    expect(daysAfter('2021-12-31', 1)).toBe('2022-01-01')
    expect(daysAfter('2024-02-28', 2)).toBe('2024-03-01')
  })
  it('are asked for with what was chosen only', () => {
    expect(bodyOf({ name: ' monthly ', roles: ['unit'], assessment: '', units: ' ', until: '2022-01-31' })).toEqual({ name: 'monthly', roles: ['unit'], until: '2022-01-31' })
    expect(bodyOf({ name: 'a', roles: ['unit'], assessment: 'city', units: 'yunhu, jinting、a；b', until: 'x' })).toEqual({ name: 'a', roles: ['unit'], assessment: 'city', units: ['yunhu', 'jinting', 'a', 'b'], until: 'x' })
  })
})
