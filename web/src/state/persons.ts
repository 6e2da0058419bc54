// The persons whom the search finds, as far as the interface names them to this reader: with their posts to whoever reads posts, and who answers for what is late to whoever is set over all units (ADR 28).
import { ref, shallowRef } from 'vue'
import { dayOf, heldOn, type Person } from '../admin/people'
import { get, getAll, Problem } from '../api'
import type { Overdue } from '../pages/brief'
import type { Texts } from '../words'

export interface KnownPerson {
  id: string
  name: string
  roles: string[] // of today
  unit: string | Texts // where; '' = at none
  late: string // the unit whose late figures they answer for; '' = the page of posts is theirs to read
}

const readers = ['office', 'security_admin', 'auditor']
const setOver = ['leader', 'committee', 'supervisor']
const STALE_MS = 300_000

export function postedPersons(people: Person[], today: string): KnownPerson[] {
  return people.map((person) => {
    const held = heldOn(person, today)
    return { id: person.id, name: person.name ?? person.id, roles: [...new Set(held.map((post) => post.role))], unit: held.find((post) => post.unit)?.unit ?? '', late: '' }
  })
}
// Whoever answers for several units stands in the list once for each.
export function answeringPersons(overdue: Overdue): KnownPerson[] {
  const found = new Map<string, KnownPerson>()
  for (const one of overdue.items)
    for (const person of one.persons) {
      const key = `${person.person} ${one.reporter}`
      const roles = one.falls_on ?? one.roles
      if (!found.has(key)) found.set(key, { id: person.person, name: person.name ?? person.person, roles: [...roles], unit: one.name, late: one.reporter })
    }
  return [...found.values()]
}

export const namesPersons = (roles: string[]): boolean => roles.some((role) => readers.includes(role) || setOver.includes(role))

export function usePersons() {
  const persons = shallowRef<KnownPerson[]>([])
  const problem = ref('')
  let of = ''
  let at = 0

  // Asked when the search is begun, not with every page.
  async function load(roles: string[], assessment: string): Promise<void> {
    const key = `${roles.join()} ${assessment}`
    if (!namesPersons(roles) || (key === of && Date.now() - at < STALE_MS)) return
    of = key
    at = Date.now()
    problem.value = ''
    try {
      if (roles.some((role) => readers.includes(role))) persons.value = postedPersons(await getAll<Person>('/people?limit=1000'), dayOf(Date.now()))
      else if (assessment) persons.value = answeringPersons(await get<Overdue>(`/assessments/${encodeURIComponent(assessment)}/overdue`))
    } catch (error) {
      // Units and indicators are found without them; that persons are missing is said in the list.
      persons.value = []
      of = ''
      problem.value = error instanceof Problem ? error.message : String(error)
    }
  }
  return { persons, problem, load }
}
