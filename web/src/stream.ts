// The stream of events of a browser: one for all tabs of a session, for a browser has six connections to a host by HTTP/1.1. The tab that holds a lock (Web Locks) opens it and tells the others (BroadcastChannel);
// when it is closed or crashes the lock passes on to the next. Where there is neither, as by plain HTTP from another machine, each tab has its own.
import { addressOf, covers, planOf, type Want } from './stream-plan'

export type EventName = 'result' | 'notice' | 'reload'
export interface Ear extends Want {
  heard: (name: EventName, data: string) => void
  opened: (isOpen: boolean) => void
}

type Message =
  | { say: 'want'; tab: string; want: Want }
  | { say: 'leads' }
  | { say: 'open'; open: Want[] }
  | { say: 'event'; name: EventName; data: string; to?: string }

const AGAIN_MS = 3000
const SETTLE_MS = 20 // tabs that are opened together share the first stream
const tableOf = (data: string): string => {
  const { assessment, period } = JSON.parse(data) as { assessment: string; period: string }
  return `${assessment}/${period}`
}

// What the tab that leads does.
class Lead {
  private wants = new Map<string, Want>()
  private sources: { want: Want; source: EventSource; isOpen: boolean }[] = []
  private newest = new Map<string, string>() // events by table
  private failures = 0
  private settles: ReturnType<typeof setTimeout> | undefined
  private again: ReturnType<typeof setTimeout> | undefined

  constructor(private tell: (message: Message) => void) {}

  want(tab: string, want: Want): void {
    this.wants.set(tab, want)
    for (const table of want.tables) {
      const data = this.newest.get(table)
      if (data !== undefined) this.tell({ say: 'event', name: 'result', data, to: tab })
    }
    this.sayOpen()
    clearTimeout(this.settles)
    this.settles = setTimeout(() => this.settle(), SETTLE_MS)
  }
  gone(tab: string): void {
    this.wants.delete(tab)
    if (this.wants.size === 0) this.close()
  }
  close(): void {
    clearTimeout(this.settles)
    clearTimeout(this.again)
    for (const one of this.sources) one.source.close()
    this.sources = []
  }
  // What is open and has all that is wanted stays as it is: a tab that goes changes nothing.
  private settle(): void {
    const all = [...this.wants.values()]
    const parts = planOf(all, this.failures > 1)
    if (parts.length === 0) return this.close()
    if (parts.every((part) => covers(this.sources.map((one) => one.want), part)) && this.sources.length > 0) return
    this.open(parts)
  }
  private open(parts: Want[]): void {
    this.close()
    const tables = new Set(parts.flatMap((part) => part.tables))
    for (const table of this.newest.keys()) if (!tables.has(table)) this.newest.delete(table)
    this.sources = parts.map((want) => {
      const source = new EventSource(addressOf(want))
      const one = { want, source, isOpen: false }
      source.onopen = () => {
        one.isOpen = true
        if (this.sources.every((other) => other.isOpen)) this.failures = 0
        this.sayOpen()
      }
      source.onerror = () => {
        one.isOpen = false
        this.sayOpen()
        // A browser comes again by itself, but not after an answer that was an error.
        if (source.readyState === EventSource.CLOSED && this.sources.includes(one)) this.openAgain()
      }
      source.addEventListener('end', () => {
        one.isOpen = false
        this.sayOpen()
      })
      for (const name of ['result', 'notice', 'reload'] as const) source.addEventListener(name, (event) => this.pass(name, (event as MessageEvent<string>).data))
      return one
    })
  }
  private openAgain(): void {
    this.failures++
    clearTimeout(this.again)
    this.again = setTimeout(() => this.open(planOf([...this.wants.values()], this.failures > 1)), AGAIN_MS)
  }
  private pass(name: EventName, data: string): void {
    if (name === 'result') {
      const table = tableOf(data)
      if (this.newest.get(table) === data) return // the present state once more, as a stream began anew
      this.newest.set(table, data)
    }
    this.tell({ say: 'event', name, data })
  }
  private sayOpen(): void {
    this.tell({ say: 'open', open: this.sources.filter((one) => one.isOpen).map((one) => one.want) })
  }
}

// This tab among those of one session.
class Tab {
  private ears = new Set<Ear>()
  private id = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  private channel: BroadcastChannel | null = null
  private lead: Lead | null = null
  private ends = new AbortController()
  private open: Want[] = []
  private watched = new Set<string>() // tabs whose end is waited for
  private isReady = false // its own lock is held: before that it would be taken for gone

  constructor(readonly who: string) {
    if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') {
      this.takeLead()
      return
    }
    const name = `baton.stream ${who}`
    const untilEnd = (): Promise<void> => new Promise((resolve) => this.ends.signal.addEventListener('abort', () => resolve()))
    const hold = (lock: string, begin: () => void): void => {
      navigator.locks.request(lock, { signal: this.ends.signal }, () => (begin(), untilEnd())).catch(() => undefined) // the tab ended before its turn
    }
    this.channel = new BroadcastChannel(name)
    this.channel.onmessage = (event) => this.take(event.data as Message)
    // Its own lock tells the one that leads when this tab is gone, however that came.
    hold(`${name} ${this.id}`, () => {
      this.isReady = true
      this.sayWant()
      hold(name, () => this.takeLead())
    })
  }
  private takeLead(): void {
    this.lead = new Lead((message) => {
      this.channel?.postMessage(message)
      this.take(message)
    })
    this.channel?.postMessage({ say: 'leads' } satisfies Message)
    this.lead.want(this.id, this.want())
  }
  private take(message: Message): void {
    if (message.say === 'leads') this.sayWant()
    else if (message.say === 'want') this.hear(message.tab, message.want)
    else if (message.say === 'open') {
      this.open = message.open
      this.sayOpened()
    } else if (message.to === undefined || message.to === this.id) this.passOn(message.name, message.data)
  }
  private hear(tab: string, want: Want): void {
    const lead = this.lead
    if (!lead) return
    lead.want(tab, want)
    if (this.watched.has(tab)) return
    this.watched.add(tab)
    navigator.locks
      .request(`baton.stream ${this.who} ${tab}`, { signal: this.ends.signal }, () => {
        this.watched.delete(tab)
        lead.gone(tab)
      })
      .catch(() => undefined) // this tab ends before that one
  }
  private passOn(name: EventName, data: string): void {
    const table = name === 'result' ? tableOf(data) : ''
    for (const ear of [...this.ears]) if (name === 'result' ? ear.tables.includes(table) : name === 'notice' ? ear.notices : true) ear.heard(name, data)
  }
  private sayOpened(): void {
    for (const ear of [...this.ears]) ear.opened(this.open.length > 0 && covers(this.open, ear))
  }
  private want(): Want {
    const ears = [...this.ears]
    return { tables: [...new Set(ears.flatMap((ear) => ear.tables))], notices: ears.some((ear) => ear.notices) }
  }
  private sayWant(): void {
    if (this.lead) this.lead.want(this.id, this.want())
    else if (this.isReady) this.channel?.postMessage({ say: 'want', tab: this.id, want: this.want() } satisfies Message)
  }
  add(ear: Ear): void {
    this.ears.add(ear)
    this.sayWant()
  }
  drop(ear: Ear): void {
    this.ears.delete(ear)
    this.sayWant()
  }
  tellOthers(name: EventName): void {
    this.channel?.postMessage({ say: 'event', name, data: '' } satisfies Message)
  }
  end(): void {
    this.ends.abort()
    this.lead?.close()
    this.channel?.close()
  }
}

let tab: Tab | null = null

// Hears what is told of these results and of notices, for the session that `who` names; the answer ends it.
export function listen(who: string, ear: Ear): () => void {
  if (tab && tab.who !== who) {
    tab.end()
    tab = null
  }
  const mine = (tab ??= new Tab(who))
  mine.add(ear)
  return () => {
    if (mine === tab) mine.drop(ear)
  }
}

// As if the server had told the other tabs: what was read in this one is read in those.
export function tellOthers(name: 'notice'): void {
  tab?.tellOthers(name)
}
