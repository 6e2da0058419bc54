// Figures as people read them: pure, so that they are tried alone.
import type { AssessmentItem, Group, ResultUnit } from './api'
import type { Language } from './words'

export const MISSING = '—'

// Always with the published decimals; what is missing is a dash, never 0.
export function figure(value: number | null | undefined, decimals: number): string {
  return value === null || value === undefined || Number.isNaN(value) ? MISSING : value.toFixed(Math.max(0, decimals))
}

// A raw figure of an indicator, of which nobody said how many decimals it has.
export function plain(value: number | string | undefined, language: Language): string {
  if (value === undefined) return MISSING
  if (typeof value === 'string') return value
  return value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en', { maximumFractionDigits: 2 })
}

// Periods of the assessment's own year: earlier ones have figures only to compare with.
export function periodsOf(assessment: AssessmentItem): string[] {
  const own = assessment.period ?? ''
  const mine = assessment.periods.filter((one) => one === own || one.startsWith(own + '-'))
  return mine.length > 0 ? mine : assessment.periods
}

// 2021-08 as 2021年8月, 2021-Q3 as 2021年第3季度.
export function periodName(period: string, language: Language): string {
  const [, year, part] = /^(\d{4})(?:-(.+))?$/.exec(period) ?? []
  if (!year) return period
  if (!part) return language === 'zh' ? `${year}年` : year
  const month = /^(\d{2})$/.exec(part)
  if (month) {
    if (language === 'zh') return `${year}年${Number(part)}月`
    return new Date(Date.UTC(Number(year), Number(part) - 1, 1)).toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  }
  const [, letter, number] = /^([HQW])(\d+)$/.exec(part) ?? []
  const names: Record<string, string> = { H: number === '1' ? '上半年' : '下半年', Q: `第${number}季度`, W: `第${Number(number)}周` }
  return language === 'zh' && letter ? `${year}年${names[letter]}` : `${part} ${year}`
}

// Local and absolute: 8月27日 17:00.
export function timeName(time: string | number | Date, language: Language): string {
  const at = new Date(time)
  if (Number.isNaN(at.getTime())) return MISSING
  const clock = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
  const year = at.getFullYear() === new Date().getFullYear() ? '' : at.getFullYear()
  if (language === 'zh') return `${year ? year + '年' : ''}${at.getMonth() + 1}月${at.getDate()}日 ${clock}`
  const day = at.toLocaleDateString('en', { day: 'numeric', month: 'short' })
  return `${day}${year ? ', ' + year : ''}, ${clock}`
}

export interface Change {
  kind: 'up' | 'down' | 'same' | 'fresh' | 'none'
  count: number
}

export function changeOf(change: number | null | undefined, hasRank: boolean): Change {
  if (!hasRank) return { kind: 'none', count: 0 }
  if (change === null || change === undefined) return { kind: 'fresh', count: 0 }
  if (change === 0) return { kind: 'same', count: 0 }
  return { kind: change > 0 ? 'up' : 'down', count: Math.abs(change) }
}

// The shapes of ratings, the best first: they survive grey print.
const shapes = ['●', '◐', '○', '▽', '◇']
export function shapeOf(index: number): string {
  return shapes[Math.min(index, shapes.length - 1)]!
}

// How many leaves stand in each rating of the group, in its order.
export function ratingCounts(unit: ResultUnit, group: Group): number[] {
  const counts = group.ratings.map(() => 0)
  for (const node of unit.nodes) {
    const at = node.rating === undefined ? -1 : group.ratings.findIndex((one) => one.id === node.rating)
    if (at >= 0) counts[at] = counts[at]! + 1
  }
  return counts
}

// A line through the points, a gap where one is missing: the path of an SVG of that size.
export function course(points: (number | null)[], width: number, height: number): string {
  const there = points.filter((one): one is number => one !== null)
  if (there.length === 0) return ''
  const low = Math.min(...there)
  const span = Math.max(...there) - low || 1
  const step = points.length > 1 ? width / (points.length - 1) : 0
  let path = ''
  let isDown = false
  points.forEach((one, index) => {
    if (one === null) {
      isDown = false
      return
    }
    const x = Math.round(index * step * 10) / 10
    const y = Math.round((height - ((one - low) / span) * height) * 10) / 10
    path += `${isDown ? 'L' : 'M'}${x} ${y}`
    isDown = true
  })
  return path
}
