import { describe, expect, it, vi } from 'vitest'
import { bytesOfHex, digestOf, hexOf } from './digest'
import { compared, keptOf } from './kept-head'
import type { Head } from './proof'

const { readFileSync } = await import(/* @vite-ignore */ 'node:fs' as string)
const { webcrypto } = await import(/* @vite-ignore */ 'node:crypto' as string)
vi.stubGlobal('crypto', webcrypto)
const journal: string = readFileSync(new URL('../../../docs/journal.md', import.meta.url), 'utf8')
const blockOf = (first: string): string => journal.slice(journal.indexOf('```\n' + first) + 4).split('```')[0]!

// A ledger of a test's own, with a key of its own.
const pair = await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
const publicKey = new Uint8Array(await webcrypto.subtle.exportKey('spki', pair.publicKey))
const leaves = [1, 2, 3].map((one) => digestOf('sha256', new Uint8Array([0, one])))
const nodeOf = (one: Uint8Array, other: Uint8Array): Uint8Array => digestOf('sha256', new Uint8Array([1]), one, other)
const roots = [leaves[0]!, nodeOf(leaves[0]!, leaves[1]!), nodeOf(nodeOf(leaves[0]!, leaves[1]!), leaves[2]!)]

async function signed(size: number, root = roots[size - 1]!): Promise<string> {
  const time = '2021-08-27T01:02:06.007Z'
  const key = digestOf('sha256', publicKey)
  const number = (value: number, bytes: number): Uint8Array => bytesOfHex(value.toString(16).padStart(2 * bytes, '0'))!
  const text = (words: string): Uint8Array[] => [number(words.length, 4), new TextEncoder().encode(words)]
  const parts = [number(1, 1), ...text('baton-head'), ...text('city'), number(size, 8), number(Date.parse(time), 8), root, key]
  const bytes = bytesOfHex(parts.map(hexOf).join(''))!
  const signature = new Uint8Array(await webcrypto.subtle.sign('Ed25519', pair.privateKey, bytes))
  return `baton-head 1\nledger: city\ndigest: sha256\nsize: ${size}\ntime: ${time}\nroot: ${hexOf(root)}\nkey: ${hexOf(key)}\npublic_key: ${hexOf(publicKey)}\nsignature: ${hexOf(signature)}\n`
}
const kept = async (size: number, root?: Uint8Array): Promise<Head> => keptOf(await signed(size, root))!

describe('a head that was kept', () => {
  it('is read from a head or a receipt, and from nothing else', () => {
    expect(keptOf(blockOf('baton-head 1'))!.size).toBe(7)
    expect(keptOf(blockOf('baton-receipt 1'))!.size).toBe(7)
    expect([keptOf(''), keptOf('baton-head 1\nledger: city\n')]).toEqual([null, null])
  })
  it('is extended by a journal that was only added to', async () => {
    const told = await compared(await kept(2), { from: 2, proof: [hexOf(leaves[2]!)], signed_head: await signed(3) })
    expect([told.verdict, told.steps.map((step) => step.holds)]).toEqual(['extends', [true, true, true, true, true, true]])
    expect((await compared(await kept(3), { from: 3, proof: [], signed_head: await signed(3) })).verdict).toBe('extends')
  })
  it('is not extended by one that was rewritten, whatever the server says', async () => {
    const rewritten = await kept(2, leaves[2]!)
    const failed = await compared(rewritten, { from: 2, proof: [hexOf(leaves[2]!)], signed_head: await signed(3) })
    expect([failed.verdict, failed.steps.filter((step) => !step.holds).map((step) => step.name)]).toEqual(['rewritten', ['path']])
    for (const told of [{ from: 2, proof: [], signed_head: await signed(3) }, { from: 1, proof: [hexOf(leaves[2]!)], signed_head: await signed(3) }, { from: 2, proof: ['00'], signed_head: await signed(3) }, { from: 2, proof: [], signed_head: '' }])
      expect((await compared(await kept(2), told)).verdict).toBe('rewritten')
    const forged = (await signed(3)).replace(/root: .{64}/, `root: ${hexOf(roots[1]!)}`)
    expect((await compared(await kept(2), { from: 2, proof: [hexOf(leaves[2]!)], signed_head: forged })).steps.find((step) => step.name === 'now')!.holds).toBe(false)
  })
  it('of another ledger is not extended, and another key is not taken for the same', async () => {
    const other = { ...(await kept(2)), ledger: 'town' }
    expect((await compared(other, { from: 2, proof: [hexOf(leaves[2]!)], signed_head: await signed(3) })).verdict).toBe('rewritten')
    const example = keptOf(blockOf('baton-head 1'))!
    const told = await compared(example, { from: 7, proof: [], signed_head: await signed(3) })
    expect(told.steps.find((step) => step.name === 'sameKey')!.holds).toBeNull()
  })
})
