// What was typed goes to the server by itself, as drafts; what it says against it stands beside the cell, and nothing typed is lost on the way. Without a page, so that it is tried alone.
import { newKey, Problem, type ExpectedFigure, type Stored } from '../api'
import { entryOf, isChanged, isSame, isSendable, itemOf, rowOf, type Row } from './figures'

export type Saved = 'saved' | 'waiting' | 'saving' | 'offline' | 'failed'

export interface Server {
  draft(items: Record<string, unknown>[], key: string): Promise<Stored>
  read(): Promise<ExpectedFigure[]>
}

// One request under way, as it was sent: where its answer is lost it is sent again, the same, and stored once.
interface Sent {
  key: string
  rows: Row[]
}

export class Saving {
  private lost: Sent | null = null

  // rows: those of now, by key; put: in their place.
  constructor(
    private readonly server: Server,
    private readonly rows: () => Row[],
    private readonly put: (rows: Row[]) => void,
    private readonly me: string,
  ) {}

  // Sends all that can be sent but what is being typed. Throws what the server cannot be told now.
  async save(typing: string): Promise<void> {
    for (let round = 0; round < 4; round++) {
      const sent = this.lost ?? { key: newKey(), rows: this.rows().filter((row) => isSendable(row) && row.key !== typing) }
      if (sent.rows.length === 0) return
      this.lost = sent
      try {
        const stored = await this.server.draft(sent.rows.map(itemOf), sent.key)
        this.lost = null
        this.taken(sent, stored)
      } catch (problem) {
        // Neither not reached nor busy: this request is answered, and is not sent again.
        if (!(problem instanceof Problem) || (problem.status !== 0 && problem.status !== 401 && problem.status !== 429 && problem.status < 500)) this.lost = null
        if (!(problem instanceof Problem) || this.lost || problem.status === 401 || !(await this.refused(sent, problem))) throw problem
      }
    }
  }

  private taken(sent: Sent, stored: Stored): void {
    const positions = new Map(sent.rows.map((row, index) => [row.key, stored.items[index]?.position ?? row.at]))
    const said = new Map(sent.rows.map((row) => [row.key, row.mine]))
    this.put(
      this.rows().map((row) => {
        const base = said.get(row.key)
        if (!base) return row
        const at = positions.get(row.key)!
        const isJudged = stored.checks !== undefined && isSame(row.mine, base)
        const checks = isJudged ? stored.checks!.filter((one) => one.unit === row.unit && one.element === row.element) : row.checks
        return { ...row, base, at, fault: '', checks, judged: isJudged ? base : row.judged, step: { ...base, at, stage: 'draft', by: this.me, time: new Date().toISOString(), state: base.state || undefined, value: base.value || undefined } }
      }),
    )
  }

  // What was said against single rows stands there, and the others may go; false where it was said of the whole.
  private async refused(sent: Sent, problem: Problem): Promise<boolean> {
    const told = new Map<string, { name: string; detail: string }>()
    for (const one of problem.errors) {
      const index = /^\/items\/(\d+)/.exec(one.pointer ?? '')?.[1]
      const row = index === undefined ? undefined : sent.rows[Number(index)]
      if (row) told.set(row.key, one)
    }
    if (told.size === 0) return false
    const fresh = [...told.values()].some((one) => one.name === 'REPORT_MEANWHILE') ? new Map((await this.server.read()).map(rowOf).map((row) => [row.key, row])) : null
    this.put(
      this.rows().map((row) => {
        const one = told.get(row.key)
        if (!one) return row
        const now = fresh?.get(row.key)
        if (one.name !== 'REPORT_MEANWHILE' || !now?.step) return { ...row, fault: one.detail }
        if (isSame(row.mine, entryOf(now.step))) return now
        return { ...row, theirs: now.step, isOpen: now.isOpen }
      }),
    )
    return true
  }

  get isOwing(): boolean {
    return this.lost !== null || this.rows().some(isChanged)
  }
}
