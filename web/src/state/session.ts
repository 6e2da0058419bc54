// Who is signed in. Its csrf stands in memory only, and is read again when the page is.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { onEnded, Problem, sendCsrf, send, get, type Session } from '../api'
import { useKeeping } from './keeping'

export const useSession = defineStore('session', () => {
  const session = ref<Session | null>(null)
  const isKnown = ref(false) // whether somebody is signed in has been asked
  const roles = computed(() => session.value?.roles ?? [])
  // Nothing else may be done before the second factor is on.
  const isFactorDue = computed(() => {
    const due = session.value?.factor_due
    return !!due && Date.parse(due) <= Date.now()
  })

  const keeping = useKeeping()

  function take(value: Session | null): void {
    if (value) keeping.follow(value)
    session.value = value
    isKnown.value = true
    sendCsrf(value?.csrf ?? null)
  }

  async function load(): Promise<void> {
    if (isKnown.value) return
    try {
      take(await get<Session>('/session'))
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 401) throw problem
      take(null)
    }
  }

  async function signIn(person: string, password: string, code?: string): Promise<void> {
    take(await send<Session>('POST', '/session', { person, password, ...(code ? { code } : {}) }))
  }

  async function changePassword(person: string, password: string, next: string, code?: string): Promise<void> {
    take(await send<Session>('POST', '/session/password', { person, password, new_password: next, ...(code ? { code } : {}) }))
  }

  async function signOut(): Promise<void> {
    try {
      await send('DELETE', '/session')
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 401) throw problem
    }
    await keeping.forget()
    take(null)
  }

  onEnded(() => take(null))
  return { session, isKnown, roles, isFactorDue, load, signIn, changePassword, signOut, take }
})
