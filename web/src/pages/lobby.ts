// The screen of a hall without its page: how rows are put on screens so that all of them fit, names of several lines too. Pure.
export const ROW = 6.4 // heights in hundredths of the screen's: a row of one line
export const LINE = 5.2 // each further line of a name
const ROWS_MOST = 12
const HEIGHT_MOST = ROW * ROWS_MOST

// Lines that a text takes in a width: Chinese breaks between any two characters, other words do not break.
export function linesOf(text: string, width: number, measure: (text: string) => number): number {
  const pieces = text.match(/[\p{Script=Han}\p{P}]|[^\p{Script=Han}\p{P}\s]+|\s+/gu) ?? []
  let lines = 1
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && measure((line + piece).trimEnd()) > width) {
      lines++
      line = piece.trimStart()
    } else line += piece
    // A word that is wider than the line is broken.
    if (measure(line) > width && line === piece) lines += Math.ceil(measure(line) / width) - 1
  }
  return lines
}

export const UPRIGHT = 7.6 // the least of a row on a screen that stands upright, where the change stands below the rank

function heightOf(lines: number, least: number): number {
  return Math.max(least, ROW + (lines - 1) * LINE)
}

function fill<T>(rows: T[], lines: (row: T) => number, least: number, height: number, count: number): T[][] {
  const screens: T[][] = []
  let left = 0
  for (const row of rows) {
    const own = heightOf(lines(row), least)
    if (screens.length === 0 || own > left + 1e-9 || screens[screens.length - 1]!.length === count) {
      screens.push([])
      left = height
    }
    screens[screens.length - 1]!.push(row)
    left -= own
  }
  return screens
}

// As few screens as there can be, and of these about the same number of rows on each.
export function screensOf<T>(rows: T[], lines: (row: T) => number = () => 1, least = ROW): T[][] {
  const full = fill(rows, lines, least, HEIGHT_MOST, ROWS_MOST)
  for (let count = Math.ceil(rows.length / Math.max(1, full.length)); count < ROWS_MOST; count++) {
    const even = fill(rows, lines, least, HEIGHT_MOST, count)
    if (even.length === full.length) return even
  }
  return full
}
