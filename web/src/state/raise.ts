// What is grave takes a password given within the last minutes: it is asked for when the server wants it, and then what was wanted is done.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { Problem, send, type Session } from '../api'
import { useSession } from './session'

export const useRaise = defineStore('raise', () => {
  const session = useSession()
  const isAsking = ref(false)
  let settle: ((done: boolean) => void) | null = null

  function ended(done: boolean): void {
    isAsking.value = false
    settle?.(done)
    settle = null
  }
  async function prove(password: string, code: string): Promise<void> {
    session.take(await send<Session>('POST', '/session/raise', { password, ...(code ? { code } : {}) }))
    ended(true)
  }
  // Who does not give the password has not done it: false.
  async function grave(what: () => Promise<void>): Promise<boolean> {
    try {
      await what()
      return true
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'SESSION_NOT_RAISED') throw error
    }
    isAsking.value = true
    if (!(await new Promise<boolean>((resolve) => (settle = resolve)))) return false
    await what()
    return true
  }
  return { isAsking, prove, grave, giveUp: () => ended(false) }
})
