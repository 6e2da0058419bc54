import { describe, expect, it } from 'vitest'
import { csvOf, fileName } from './csv'

describe('a table as CSV', () => {
  it('has a mark, a line a row, and quotes where they are needed', () => {
    expect(csvOf([['位次', '单位'], [1, 'a,"b"\nc'], [null, '—']])).toBe('\ufeff位次,单位\r\n1,"a,""b""\nc"\r\n,—\r\n')
  })
  it('lets no text be a formula, and leaves numbers', () => {
    expect(csvOf([['=1+1', '+SUM(A1)', '-2', '-3.50', '@x', '\tx', '-x']])).toBe("\ufeff'=1+1,'+SUM(A1),-2,-3.50,'@x,'\tx,'-x\r\n")
  })
})

describe('the name of a file', () => {
  it('has nothing that a system refuses, and no end without end', () => {
    expect(fileName(['大擂台', '', '县/区: "一"', '\u202e2021'], 'csv')).toBe('大擂台 县区 一 2021.csv')
    expect([...fileName(['字'.repeat(500)], 'csv')].length).toBe(84)
  })
  it('has a word where nothing is left of it', () => {
    expect(fileName(['\u202e', '/'], 'csv')).toBe('baton.csv')
  })
})
