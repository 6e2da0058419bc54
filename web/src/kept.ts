// What was typed and not sent, kept by this browser through a lost connection, a killed server or a page that is read anew: see docs/adr/0025.
//
// It is encrypted (AES-GCM) under a key that the server tells with the session and that nothing here stores; each record is bound to the person and the place that it is of. Browsers encrypt only for pages that came
// by HTTPS or from the machine itself: elsewhere it is kept in memory, until the page is closed.

export interface Keeper {
  isLasting: boolean // through a page that is read anew
  read(place: string): Promise<unknown>
  write(place: string, what: unknown): Promise<void> // null = nothing is left to keep
}

export interface Sealed {
  id: string
  key: string // which key it is under; tells nothing of it
  iv: Uint8Array
  data: ArrayBuffer
}

// Where records lie: the browser's database; another one in tests.
export interface Chest {
  get(id: string): Promise<Sealed | undefined>
  all(): Promise<Sealed[]>
  put(record: Sealed): Promise<void>
  remove(ids: string[]): Promise<void>
}

const hex = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>

export interface Seal {
  key: CryptoKey // not to be read out again, only to be used
  name: string
  person: string
}

export const canSeal = (): boolean => typeof crypto !== 'undefined' && crypto.subtle !== undefined

export async function sealOf(keeping: string, person: string): Promise<Seal> {
  const bytes = new Uint8Array(keeping.match(/../g)!.map((two) => parseInt(two, 16)))
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const name = hex(await crypto.subtle.digest('SHA-256', bytesOf(`baton kept ${keeping}`))).slice(0, 16)
  bytes.fill(0)
  return { key, name, person }
}

async function idOf(seal: Seal, place: string): Promise<string> {
  return hex(await crypto.subtle.digest('SHA-256', bytesOf(`${seal.name} ${seal.person} ${place}`)))
}
const boundTo = (seal: Seal, id: string): Uint8Array<ArrayBuffer> => bytesOf(`${seal.person} ${id}`)

export async function put(chest: Chest, seal: Seal, place: string, what: unknown): Promise<void> {
  const id = await idOf(seal, place)
  if (what === null) return chest.remove([id])
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(seal, id) }, seal.key, bytesOf(JSON.stringify({ place, what })))
  await chest.put({ id, key: seal.name, iv, data })
}

async function opened(seal: Seal, record: Sealed): Promise<{ place: string; what: unknown } | null> {
  try {
    const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: record.iv as Uint8Array<ArrayBuffer>, additionalData: boundTo(seal, record.id) }, seal.key, record.data)
    return JSON.parse(new TextDecoder().decode(data))
  } catch {
    return null // of another key or person, or changed
  }
}

export async function take(chest: Chest, seal: Seal, place: string): Promise<unknown> {
  const record = await chest.get(await idOf(seal, place))
  return (record && (await opened(seal, record))?.what) ?? null
}

// Whoever signed in has `now`; what the same person kept under seals before, the newest first, is put under it, and whatever else there is goes.
export async function change(chest: Chest, before: Seal[], now: Seal): Promise<void> {
  const records = await chest.all()
  for (const seal of before.filter((one) => one.person === now.person && one.name !== now.name))
    for (const record of records.filter((one) => one.key === seal.name)) {
      const own = await opened(seal, record)
      if (own && (await take(chest, now, own.place)) === null) await put(chest, now, own.place, own.what)
    }
  await chest.remove(records.filter((record) => record.key !== now.name).map((record) => record.id))
}

export async function empty(chest: Chest): Promise<void> {
  await chest.remove((await chest.all()).map((record) => record.id))
}

// -- The browser's database --

const STORE = 'kept'
function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open('baton', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' })
  const database = await done(opening)
  const transaction = database.transaction(STORE, mode)
  transaction.oncomplete = transaction.onabort = () => database.close()
  return transaction.objectStore(STORE)
}
export const browserChest: Chest = {
  get: async (id) => done((await store('readonly')).get(id)),
  all: async () => done((await store('readonly')).getAll()),
  put: async (record) => void (await done((await store('readwrite')).put(record))),
  remove: async (ids) => {
    if (ids.length === 0) return
    const inside = await store('readwrite')
    await Promise.all(ids.map((id) => done(inside.delete(id))))
  },
}
