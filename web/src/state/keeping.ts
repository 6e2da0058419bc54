// The seal of whoever is signed in, and what is kept under it. It changes with the session: what the same person kept goes on, whatever else there is goes.
import { defineStore } from 'pinia'
import { browserChest, canSeal, change, empty, put, sealOf, take, type Keeper, type Seal } from '../kept'
import type { Session } from '../api'

export const useKeeping = defineStore('keeping', () => {
  let seal: Seal | null = null // stays when a session ends by itself: the same person may come back to this page
  let person = ''
  let ready: Promise<unknown> = Promise.resolve()
  const inMemory = new Map<string, unknown>() // where the browser does not encrypt

  async function begin(session: Session): Promise<void> {
    if (session.person !== person) inMemory.clear()
    person = session.person
    if (!canSeal() || !session.keeping) {
      seal = null
      return
    }
    const now = await sealOf(session.keeping, session.person)
    // The page's own seal first; then those of other sessions, one of which a browser may have had that was killed.
    const others = await Promise.all((session.keeping_others ?? []).map((one) => sealOf(one, session.person)))
    await change(browserChest, [...(seal ? [seal] : []), ...others], now)
    seal = now
  }
  // Somebody is signed in, or changed their password: another key perhaps.
  function follow(session: Session): void {
    ready = ready.then(() => begin(session)).catch(() => (seal = null)) // no database: kept in memory
  }
  // Signed out: nothing stays.
  async function forget(): Promise<void> {
    await ready
    seal = null
    person = ''
    inMemory.clear()
    if (canSeal()) await empty(browserChest).catch(() => undefined)
  }

  async function keeper(): Promise<Keeper> {
    await ready
    const mine = person
    return {
      isLasting: seal !== null,
      read: async (place) => (seal ? take(browserChest, seal, place) : (inMemory.get(place) ?? null)),
      write: async (place, what) => {
        if (person !== mine) return
        if (seal) return put(browserChest, seal, place, what)
        if (what === null) inMemory.delete(place)
        else inMemory.set(place, what)
      },
    }
  }
  return { follow, forget, keeper }
})
