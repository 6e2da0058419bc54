import { describe, expect, it } from 'vitest'
import { partInSight } from './sight'

describe('what is in sight', () => {
  it('is the rows of the window, with some around them', () => {
    expect(partInSight(1000, 32, 3200, 480, 10)).toEqual({ from: 90, to: 126 })
  })
  it('ends where the list does', () => {
    expect(partInSight(1000, 32, 0, 480, 10)).toEqual({ from: 0, to: 26 })
    expect(partInSight(1000, 32, 31_900, 480, 10)).toEqual({ from: 986, to: 1000 })
    expect(partInSight(3, 32, 99_999, 480, 10)).toEqual({ from: 0, to: 3 })
    expect(partInSight(0, 32, 0, 480, 10)).toEqual({ from: 0, to: 0 })
  })
})
