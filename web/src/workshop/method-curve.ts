// The curve of a method as the server works it out (POST .../indicators/{indicator}/curve), on its way to a chart and a table. Pure; nothing is scored here.
import type { Cell } from '../csv'
import type { Told } from '../pages/indicator'

export interface CurvePoint {
  x?: number
  code?: string
  score: number | null
}
export interface CurveUnit extends CurvePoint {
  unit: string
  name: string
}
export interface CurveFinding {
  code: string
  severity: 'error' | 'warning' | 'note'
  file: string | null
  row: number | null
  column: number | null
  field: string | null
  message: string
  advice: string | null
}
export interface CurveAnswer {
  sound: boolean
  findings: CurveFinding[]
  period?: string
  better?: 'up' | 'down'
  measure?: string
  codes?: boolean
  treated?: boolean
  group?: { id: string; name: string }
  unit?: { id: string; name: string }
  target?: number
  baseline?: number
  method?: { id: string; name: string; bounds?: string; told: Told[] }
  points?: CurvePoint[]
  figures?: number
  among?: CurveUnit[]
}

// Of the points with a score, lines that are interrupted where there is none: each a list of indices.
export function linesOf(points: CurvePoint[]): number[][] {
  const lines: number[][] = []
  let line: number[] = []
  points.forEach((point, index) => {
    if (point.score === null) line = []
    else {
      if (line.length === 0) lines.push(line)
      line.push(index)
    }
  })
  return lines
}

// Bounds of both axes: the curve and all who stand beside it.
export function boundsOf(answer: CurveAnswer): { x: [number, number]; score: [number, number] } | null {
  const all = [...(answer.points ?? []), ...(answer.among ?? [])]
  const x = answer.codes ? (answer.points ?? []).map((_, index) => index) : all.map((one) => one.x).filter((one): one is number => one !== undefined)
  const scores = all.map((one) => one.score).filter((one): one is number => one !== null)
  if (x.length === 0 || scores.length === 0) return null
  return { x: [Math.min(...x), Math.max(...x)], score: [Math.min(...scores), Math.max(...scores)] }
}

// Where somebody stands on the axis of figures; of codes at the place of theirs.
export function placeOf(answer: CurveAnswer, one: CurvePoint): number {
  return answer.codes ? (answer.points ?? []).findIndex((point) => point.code === one.code) : (one.x ?? NaN)
}

// The units by score, the best first; whoever has none at the end.
export function unitsByScore(answer: CurveAnswer): CurveUnit[] {
  return [...(answer.among ?? [])].sort((x, y) => (y.score ?? -Infinity) - (x.score ?? -Infinity))
}
// What is taken along as CSV: the units, then the points of the curve.
export function dataOf(answer: CurveAnswer, curve: string): Cell[][] {
  return [...unitsByScore(answer).map((one): Cell[] => [one.name, one.x ?? one.code ?? null, one.score]), ...(answer.points ?? []).map((one): Cell[] => [curve, one.x ?? one.code ?? null, one.score])]
}

// Findings at a parameter: those of the method that was sent, whose field begins with its name.
export function findingsAt(findings: CurveFinding[], parameter: string): CurveFinding[] {
  return findings.filter((one) => one.file === 'method' && one.field !== null && (one.field === parameter || one.field.startsWith(`${parameter}[`) || one.field.startsWith(`${parameter}.`)))
}
