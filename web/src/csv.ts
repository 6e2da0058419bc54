// Tables as CSV for spreadsheets, pure: a byte order mark, so that they read UTF-8, and no text that they would take for a formula.
export type Cell = string | number | null

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+(\.\d+)?%?$/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

export function csvOf(rows: Cell[][]): string {
  return '\ufeff' + rows.map((row) => row.map(cellText).join(',') + '\r\n').join('')
}

// A name that every system takes for a file; nothing that one can read in it leaves a word for it.
export function fileName(parts: string[], ending: string): string {
  const name = parts.filter((part) => part !== '').join(' ').replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '').trim()
  return `${[...name].slice(0, 80).join('').trim() || 'baton'}.${ending}`
}
