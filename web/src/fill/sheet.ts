// What a sheet does with texts: numbers as people type and paste them, blocks from the clipboard, changes that are undone. Pure.

// Full-width digits and signs as the narrow ones.
function narrow(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(/[\u2212\u2010-\u2013]/g, '-')
    .replace(/[\s\u00A0\u3000\u200B\uFEFF]+/g, ' ')
    .trim()
}

// A number as offices write it, as the decimal text that the interface takes; null = it is none. Thousands are separated by commas or spaces, in threes; a loss may stand in brackets; % only where that is the measure.
export function decimalOf(text: string, measure = ''): string | null {
  let rest = narrow(text).replace(/^'/, '')
  let sign = ''
  const inBrackets = /^\((.*)\)$/.exec(rest)
  if (inBrackets) {
    sign = '-'
    rest = inBrackets[1]!.trim()
  } else if (/^[+-]/.test(rest)) {
    sign = rest[0] === '-' ? '-' : ''
    rest = rest.slice(1).trim()
  }
  if (measure.trim() === '%') rest = rest.replace(/ ?%$/, '')
  if (/^\d{1,3}([, ])\d{3}(\1\d{3})*(\.\d+)?$/.test(rest)) rest = rest.replace(/[, ]/g, '')
  return /^(\d+(\.\d*)?|\.\d+)$/.test(rest) ? sign + rest.replace(/^\./, '0.').replace(/\.$/, '') : null
}

// Why there is no figure, as it may be typed in its place.
const states: Record<string, 'na' | 'pending'> = { na: 'na', 'n/a': 'na', 不适用: 'na', 'does not apply': 'na', 'not applicable': 'na', pending: 'pending', 暂不出数: 'pending', 'not there yet': 'pending' }
export function stateOf(text: string): 'na' | 'pending' | null {
  return states[narrow(text).toLowerCase()] ?? null
}

// With a comma between thousands, digit by digit: nothing is rounded.
export function grouped(text: string): string {
  const [, sign, whole, rest] = /^(-?)(\d+)(\.\d+)?$/.exec(text) ?? []
  return whole === undefined ? text : `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest ?? ''}`
}

// A block as spreadsheets put it on the clipboard: cells between tabs, rows between ends of lines; a cell with either stands in quotes, which are doubled inside.
export function blockOf(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  let isBegun = false
  const take = (): void => {
    rows[rows.length - 1]!.push(cell)
    cell = ''
    isBegun = false
  }
  for (let i = 0; i < text.length; i++) {
    const one = text[i]!
    if (isQuoted) {
      if (one !== '"') cell += one
      else if (text[i + 1] === '"') cell += text[i++]
      else isQuoted = false
    } else if (one === '"' && !isBegun && /^"(?:[^"]|"")*"(?:\t|\r?\n|$)/.test(text.slice(i))) {
      isQuoted = isBegun = true
    } else if (one === '\t') take()
    else if (one === '\n' || one === '\r') {
      if (one === '\r' && text[i + 1] === '\n') i++
      take()
      rows.push([])
    } else {
      cell += one
      isBegun = true
    }
  }
  if (cell !== '' || isBegun || rows[rows.length - 1]!.length > 0) take()
  else rows.pop() // behind the last end of line there is no row
  return rows
}

export function textOfBlock(rows: string[][]): string {
  return rows.map((row) => row.map((cell) => (/[\t\r\n"]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join('\t')).join('\n')
}

// Changes that can be taken back, and done again.
export interface Change<T> {
  key: string
  before: T
  after: T
}
export class History<T> {
  private done: Change<T>[][] = []
  private undone: Change<T>[][] = []
  private static readonly MOST = 200

  add(step: Change<T>[]): void {
    if (step.length === 0) return
    this.done.push(step)
    if (this.done.length > History.MOST) this.done.shift()
    this.undone = []
  }
  undo(): Change<T>[] {
    const step = this.done.pop()
    if (!step) return []
    this.undone.push(step)
    return [...step].reverse().map((one) => ({ key: one.key, before: one.after, after: one.before }))
  }
  redo(): Change<T>[] {
    const step = this.undone.pop()
    if (!step) return []
    this.done.push(step)
    return step
  }
  get canUndo(): boolean {
    return this.done.length > 0
  }
  get canRedo(): boolean {
    return this.undone.length > 0
  }
  clear(): void {
    this.done = []
    this.undone = []
  }
}
