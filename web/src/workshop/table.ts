// A CSV table whose rows stay byte for byte unless they are changed: RFC 4180, as packages have it. Pure; every change gives another table.
export interface Row {
  raw: string // as it stands in the file, with its line end
  cells: string[]
}
export interface Table {
  begin: string // a byte order mark, or nothing
  head: Row
  rows: Row[]
  eol: string
}

function cellsOf(raw: string): string[] {
  const text = raw.replace(/\r?\n$/, '')
  const cells: string[] = []
  let at = 0
  for (;;) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] !== '"') cell += text[at]
        else if (text[at + 1] === '"') cell += text[at++]
        else break
      }
      at++
      while (at < text.length && text[at] !== ',') cell += text[at++]
    } else while (at < text.length && text[at] !== ',') cell += text[at++]
    cells.push(cell)
    if (at >= text.length) return cells
    at++
  }
}

// Lines as records: a line break inside of quotes does not end one.
function recordsOf(text: string): string[] {
  const records: string[] = []
  let begin = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted
    else if (text[at] === '\n' && !isQuoted) {
      records.push(text.slice(begin, at + 1))
      begin = at + 1
    }
  }
  if (begin < text.length) records.push(text.slice(begin))
  return records
}

export function tableOf(text: string): Table {
  const begin = text.startsWith('\ufeff') ? '\ufeff' : ''
  const [head = '', ...rows] = recordsOf(text.slice(begin.length))
  const rowOf = (raw: string): Row => ({ raw, cells: cellsOf(raw) })
  return { begin, head: rowOf(head), rows: rows.map(rowOf), eol: head.endsWith('\r\n') ? '\r\n' : '\n' }
}
export const textOfTable = (table: Table): string => table.begin + table.head.raw + table.rows.map((row) => row.raw).join('')

const cellText = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)
export const rowOfCells = (cells: string[], eol: string): Row => ({ raw: cells.map(cellText).join(',') + eol, cells })

const columnOf = (table: Table, name: string): number => table.head.cells.findIndex((cell) => cell.trim() === name)
export const cellOf = (table: Table, row: Row, name: string): string => row.cells[columnOf(table, name)] ?? ''

// What a row without a line end is followed by stands on a line of its own.
function ended(table: Table): Table {
  const close = (row: Row): Row => (row.raw === '' || row.raw.endsWith('\n') ? row : { ...row, raw: row.raw + table.eol })
  const last = table.rows.length - 1
  return { ...table, head: close(table.head), rows: table.rows.map((row, at) => (at === last ? close(row) : row)) }
}
// A column that the table has not yet is its last one, empty for the others.
function withColumn(table: Table, name: string): Table {
  if (columnOf(table, name) >= 0) return table
  const { head, rows, ...rest } = ended(table)
  const wide = (row: Row, cell: string): Row => (row.raw.trim() === '' ? row : rowOfCells([...row.cells, cell], table.eol))
  return { ...rest, head: wide(head, name), rows: rows.map((row) => wide(row, '')) }
}
export function withCell(table: Table, at: number, name: string, value: string): Table {
  if (cellOf(table, table.rows[at]!, name) === value) return table
  const wide = withColumn(table, name)
  const row = wide.rows[at]!
  const column = columnOf(wide, name)
  const cells = Array.from({ length: Math.max(row.cells.length, column + 1) }, (_, index) => (index === column ? value : (row.cells[index] ?? '')))
  const end = /\r?\n$/.exec(row.raw)?.[0] ?? ''
  return { ...wide, rows: wide.rows.map((one, index) => (index === at ? rowOfCells(cells, end) : one)) }
}
// A row of named cells before that of an index; at the end without one.
export function withRow(table: Table, cells: Record<string, string>, before = table.rows.length): Table {
  const wide = ended(Object.keys(cells).filter((name) => cells[name] !== '').reduce(withColumn, table))
  const row = rowOfCells(wide.head.cells.map((name) => cells[name.trim()] ?? ''), wide.eol)
  return { ...wide, rows: [...wide.rows.slice(0, before), row, ...wide.rows.slice(before)] }
}
export const withoutRow = (table: Table, at: number): Table => ({ ...table, rows: table.rows.filter((_, index) => index !== at) })

// The line of the file on which each row begins, as findings name it; the head is line 1.
export function linesOf(table: Table): number[] {
  let line = 1 + (table.head.raw.match(/\n/g)?.length ?? 0)
  return table.rows.map((row) => {
    const own = line
    line += row.raw.match(/\n/g)?.length ?? 0
    return own
  })
}
