import { beforeAll, describe, expect, it, vi } from 'vitest'
import { change, empty, put, sealOf, take, type Chest, type Sealed } from './kept'

// The same as in a browser; node 18 has it in a module only.
let webcrypto: Crypto
beforeAll(async () => {
  webcrypto = (await import(/* @vite-ignore */ 'node:crypto' as string)).webcrypto
  vi.stubGlobal('crypto', webcrypto)
})
const latin = (bytes: ArrayBuffer | Uint8Array): string => String.fromCharCode(...new Uint8Array(bytes as ArrayBuffer))

function chestOf(): Chest & { records: Map<string, Sealed> } {
  const records = new Map<string, Sealed>()
  return {
    records,
    get: async (id) => records.get(id),
    all: async () => [...records.values()],
    put: async (record) => void records.set(record.id, record),
    remove: async (ids) => ids.forEach((id) => records.delete(id)),
  }
}
const one = '11'.repeat(32)
const other = '22'.repeat(32)
const typed = [{ key: 'yunhu gdp', mine: { value: '1234.5', note: '口径' } }]

describe('what is kept', () => {
  it('comes back to the same person under the same key', async () => {
    const chest = chestOf()
    await put(chest, await sealOf(one, 'chen.li'), 'a/2022-01', typed)
    expect(await take(chest, await sealOf(one, 'chen.li'), 'a/2022-01')).toEqual(typed)
    expect(await take(chest, await sealOf(one, 'chen.li'), 'a/2022-02')).toBeNull()
  })
  it('tells nothing of itself to who has not the key', async () => {
    const chest = chestOf()
    await put(chest, await sealOf(one, 'chen.li'), 'a/2022-01', typed)
    const [record] = [...chest.records.values()]
    const lying = JSON.stringify(record) + latin(record!.data)
    for (const secret of ['chen', 'yunhu', 'a/2022', '1234', one]) expect(lying).not.toContain(secret)
    expect(await take(chest, await sealOf(other, 'chen.li'), 'a/2022-01')).toBeNull()
    expect(await take(chest, await sealOf(one, 'wang.min'), 'a/2022-01')).toBeNull()
  })
  it('is not taken for that of another place or person when a record is put there', async () => {
    const chest = chestOf()
    const [mine, hers] = [await sealOf(one, 'chen.li'), await sealOf(one, 'wang.min')]
    await put(chest, mine, 'a/2022-01', typed)
    await put(chest, hers, 'a/2022-01', [])
    const [first, second] = [...chest.records.values()]
    chest.records.set(second!.id, { ...first!, id: second!.id })
    expect(await take(chest, hers, 'a/2022-01')).toBeNull()
  })
  it('is sealed anew with another number each time', async () => {
    const chest = chestOf()
    const seal = await sealOf(one, 'chen.li')
    await put(chest, seal, 'a', typed)
    const before = [...chest.records.values()][0]!
    await put(chest, seal, 'a', typed)
    const after = [...chest.records.values()][0]!
    expect(after.id).toBe(before.id)
    expect(latin(after.iv)).not.toBe(latin(before.iv))
  })
  it('goes when nothing is left, and on signing out', async () => {
    const chest = chestOf()
    const seal = await sealOf(one, 'chen.li')
    await put(chest, seal, 'a', typed)
    await put(chest, seal, 'a', null)
    expect(chest.records.size).toBe(0)
    await put(chest, seal, 'a', typed)
    await empty(chest)
    expect(chest.records.size).toBe(0)
  })
  it('follows the same person into the next session, while the page has the key before', async () => {
    const chest = chestOf()
    const [before, now] = [await sealOf(one, 'chen.li'), await sealOf(other, 'chen.li')]
    await put(chest, before, 'a', typed)
    await change(chest, [before], now)
    expect(await take(chest, now, 'a')).toEqual(typed)
    expect(chest.records.size).toBe(1)
  })
  it('is opened by the keys of other sessions, and the newest holds', async () => {
    const chest = chestOf()
    const [newer, older, now] = [await sealOf(other, 'chen.li'), await sealOf(one, 'chen.li'), await sealOf('ab'.repeat(32), 'chen.li')]
    await put(chest, older, 'a', 'older')
    await put(chest, newer, 'a', 'newer')
    await put(chest, older, 'b', typed)
    await change(chest, [newer, older], now)
    expect([await take(chest, now, 'a'), await take(chest, now, 'b'), chest.records.size]).toEqual(['newer', typed, 2])
    await put(chest, older, 'a', 'older')
    await change(chest, [older], now)
    expect([await take(chest, now, 'a'), chest.records.size]).toEqual(['newer', 2])
  })
  it('goes when somebody else signs in, or the key before is gone', async () => {
    for (const [before, person] of [[true, 'wang.min'], [false, 'chen.li']] as const) {
      const chest = chestOf()
      const old = await sealOf(one, 'chen.li')
      await put(chest, old, 'a', typed)
      await change(chest, before ? [old] : [], await sealOf(other, person))
      expect(chest.records.size).toBe(0)
    }
  })
  it('cannot be read out of the page', async () => {
    const seal = await sealOf(one, 'chen.li')
    await expect(webcrypto.subtle.exportKey('raw', seal.key)).rejects.toThrow()
  })
})
