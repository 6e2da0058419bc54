// Persons, their posts and accounts, as a list is made of them: pure, so that it is tried alone.
export interface PersonPost {
  position: number
  role: string
  unit: string | null
  assessment: string | null
  indicator: string | null
  deputy: boolean
  from: string
  to: string | null
}
export interface Person {
  id: string
  name: string | null
  note: string | null
  position: number
  posts: PersonPost[]
}
export interface Account {
  person: string
  made: string
  changed: string
  expires: string
  first: boolean
}

export const roles = ['office', 'committee', 'unit', 'approver', 'owner', 'leader', 'cadre', 'supervisor', 'system_admin', 'security_admin', 'auditor'] as const

// The day by the clocks of China, as the ledger reckons.
export const dayOf = (now: number): string => new Date(now + 8 * 3600_000).toISOString().slice(0, 10)

export type When = 'now' | 'later' | 'over'
export const whenOf = (post: PersonPost, today: string): When => (post.to !== null && post.to < today ? 'over' : post.from > today ? 'later' : 'now')
export const heldOn = (person: Person, today: string): PersonPost[] => person.posts.filter((post) => whenOf(post, today) === 'now')

export type AccountState = 'none' | 'first' | 'expired' | 'good'
export function accountState(account: Account | undefined, now: number): AccountState {
  if (!account) return 'none'
  return Date.parse(account.expires) <= now ? 'expired' : account.first ? 'first' : 'good'
}

// Until somebody holds that role of the whole ledger, whoever holds office of it stands in.
export function mayAct(own: string[], people: Person[], today: string): boolean {
  if (own.includes('security_admin')) return true
  return own.includes('office') && !people.some((person) => heldOn(person, today).some((post) => post.role === 'security_admin' && post.assessment === null))
}

export interface Wanted {
  text: string // in id, name, note, unit
  role: string
  only: string // '' all, 'idle' without a post today, 'none' 'first' 'expired' accounts
}
export function chosen(people: Person[], accounts: Map<string, Account>, wanted: Wanted, now: number): Person[] {
  const today = dayOf(now)
  const text = wanted.text.trim().toLowerCase()
  return people.filter((person) => {
    const held = heldOn(person, today)
    const all = [person.id, person.name ?? '', person.note ?? '', ...held.map((post) => post.unit ?? '')]
    if (text && !all.some((one) => one.toLowerCase().includes(text))) return false
    if (wanted.role && !held.some((post) => post.role === wanted.role)) return false
    if (wanted.only === 'idle') return held.length === 0
    return wanted.only === '' || accountState(accounts.get(person.id), now) === wanted.only
  })
}

// The fields of a fact: what is empty is left out.
export function fieldsOf(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ''))
}

// Posts that are held first, then those to come, then those that are over, the newest first.
export function sorted(posts: PersonPost[], today: string): PersonPost[] {
  const order: When[] = ['now', 'later', 'over']
  return [...posts].sort((x, y) => order.indexOf(whenOf(x, today)) - order.indexOf(whenOf(y, today)) || (x.from < y.from ? 1 : -1))
}
