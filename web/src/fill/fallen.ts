// What has come to the office past the queue: from posts that nobody holds, and from periods that are over. Pure.
import type { WaitingFigure } from '../api'

export const fallenActs = ['draft', 'sign', 'submit', 'verify', 'except', 'correct', 'return'] as const
export type FallenAct = (typeof fallenActs)[number]

export interface Fallen {
  key: string
  act: FallenAct
  post: string // whose turn it would be, where that post is vacant: its unit; '' = it is the office's own
  roles: string[]
  reporter: string
  period: string
  figures: WaitingFigure[]
  late: number
}

// By act, unit and period, what is most pressing first: what may be mended by nobody else, then what is late.
export function fallenOf(turns: WaitingFigure[]): Fallen[] {
  const groups = new Map<string, Fallen>()
  for (const one of turns) {
    const act = fallenActs.find((name) => name === one.act)
    if (!act || (!one.vacant && !['except', 'correct', 'return'].includes(act))) continue
    const post = one.vacant ? (one.at ?? one.reporter) : ''
    const key = [act, post, one.reporter, one.period].join(' ')
    const group = groups.get(key) ?? { key, act, post, roles: one.vacant ? one.roles : [], reporter: one.reporter, period: one.period, figures: [], late: 0 }
    group.figures.push(one)
    if (one.late) group.late++
    groups.set(key, group)
  }
  const order = (one: Fallen): number => fallenActs.length - fallenActs.indexOf(one.act)
  return [...groups.values()].sort((x, y) => order(x) - order(y) || y.late - x.late || y.figures.length - x.figures.length)
}

// What a queue is, in a text: another one is another queue.
export const queuePrint = (turns: WaitingFigure[]): string => turns.map((one) => `${one.period} ${one.unit} ${one.element} ${one.act} ${one.report ?? ''}`).join('\n')
