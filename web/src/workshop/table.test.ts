import { describe, expect, it } from 'vitest'
import { cellOf, linesOf, tableOf, textOfTable, withCell, withoutRow, withRow } from './table'

const text = '\ufeffid,name,weight\r\na,"经济, 发展",26\r\nb,"two\r\nlines ""quoted""",4\r\n\r\nc,last,'
const table = tableOf(text)

describe('a table of a package', () => {
  it('reads quotes, line breaks inside of them and a byte order mark, and is the same text again', () => {
    expect(table.rows.map((row) => row.cells)).toEqual([['a', '经济, 发展', '26'], ['b', 'two\r\nlines "quoted"', '4'], [''], ['c', 'last', '']])
    expect(textOfTable(table)).toBe(text)
    expect(textOfTable(tableOf(''))).toBe('')
  })
  it('changes one row and leaves the others byte for byte', () => {
    const changed = withCell(table, 0, 'weight', '30')
    expect(textOfTable(changed)).toBe(text.replace(',26', ',30'))
    expect(withCell(table, 0, 'weight', '26')).toBe(table)
    expect(textOfTable(withCell(table, 3, 'weight', '5'))).toBe(text + '5')
    expect(cellOf(withCell(table, 0, 'name', 'a"b'), withCell(table, 0, 'name', 'a"b').rows[0]!, 'name')).toBe('a"b')
  })
  it('takes a column that was not there, and leaves a blank line blank', () => {
    expect(textOfTable(withCell(table, 0, 'basis', 'x#1'))).toBe('\ufeffid,name,weight,basis\r\na,"经济, 发展",26,x#1\r\nb,"two\r\nlines ""quoted""",4,\r\n\r\nc,last,,\r\n')
  })
  it('adds rows after one without a line end, before another, and removes them', () => {
    expect(textOfTable(withRow(table, { id: 'd', weight: '1' }))).toBe(text + '\r\nd,,1\r\n')
    expect(textOfTable(withoutRow(withRow(table, { id: 'd' }, 1), 1))).toBe(text + '\r\n')
    expect(textOfTable(withRow(tableOf('for,indicator,weight'), { for: 'group:a', indicator: 'x', weight: '2' }))).toBe('for,indicator,weight\ngroup:a,x,2\n')
  })
  it('knows the lines of the file', () => {
    expect(linesOf(table)).toEqual([2, 3, 5, 6])
  })
})
