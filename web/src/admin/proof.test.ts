import { describe, expect, it, vi } from 'vitest'
import { bytesOfHex, digestOf } from './digest'
import { isExtended, isIncluded, isOwnKey, isSigned, readEntry, readHead, readReceipt, saysTheSame, stepsOf, verdictOf } from './proof'

// The worked examples of the description of the journal. Node 18 has the browser's crypto elsewhere.
const { readFileSync } = await import(/* @vite-ignore */ 'node:fs' as string)
const { webcrypto } = await import(/* @vite-ignore */ 'node:crypto' as string)
vi.stubGlobal('crypto', webcrypto)
const journal: string = readFileSync(new URL('../../../docs/journal.md', import.meta.url), 'utf8')
const blockOf = (first: string): string => journal.slice(journal.indexOf('```\n' + first) + 4).split('```')[0]!
const [headText, receiptText] = [blockOf('baton-head 1'), blockOf('baton-receipt 1')]
const told = { position: 4, time: '2021-08-27T01:02:06.007Z', kind: 'observation', assessment: 'city-2021', actor: 'wang', fields: { element: 'gdp', period: '2021-08', unit: '东城区', value: '3.5' } }

// A tree worked out as RFC 9162 defines it, not as it is checked.
const leaves = Array.from({ length: 40 }, (_, i) => digestOf('sha256', new Uint8Array([0, i])))
const split = (size: number): number => 2 ** Math.floor(Math.log2(size - 1))
const rootOf = (of: Uint8Array[]): Uint8Array => (of.length === 1 ? of[0]! : digestOf('sha256', new Uint8Array([1]), rootOf(of.slice(0, split(of.length))), rootOf(of.slice(split(of.length)))))
function pathOf(at: number, of: Uint8Array[]): Uint8Array[] {
  if (of.length === 1) return []
  const k = split(of.length)
  return at < k ? [...pathOf(at, of.slice(0, k)), rootOf(of.slice(k))] : [...pathOf(at - k, of.slice(k)), rootOf(of.slice(0, k))]
}
function extensionOf(m: number, of: Uint8Array[], isWhole = true): Uint8Array[] {
  if (m === of.length) return isWhole ? [] : [rootOf(of)]
  const k = split(of.length)
  return m <= k ? [...extensionOf(m, of.slice(0, k), isWhole), rootOf(of.slice(k))] : [...extensionOf(m - k, of.slice(k), false), rootOf(of.slice(0, k))]
}

describe('heads and receipts', () => {
  it('hold as the description says, its signature too', async () => {
    const head = readHead(headText)!
    expect([head.ledger, head.size, isOwnKey(head), await isSigned(head)]).toEqual(['city', 7, true, true])
    expect(readEntry(readReceipt(receiptText)!.entry!)!.fields.map((field) => field.name)).toEqual(['element', 'period', 'unit', 'value'])
    const steps = await stepsOf(receiptText, told)
    expect(steps.map((step) => step.holds)).toEqual([true, true, true, true, true, true])
    expect(verdictOf(steps)).toBe('holds')
    expect((await stepsOf(receiptText.replace(/\n/g, '\r\n'), told)).every((step) => step.holds)).toBe(true)
  })
  it('do not when anything in them is another', async () => {
    const lines = receiptText.trimEnd().split('\n')
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i]!
      const last = line.at(-1)!
      const other = [...lines.slice(0, i), line.slice(0, -1) + (last === '0' ? '1' : '0'), ...lines.slice(i + 1)].join('\n')
      expect(verdictOf(await stepsOf(other, told)), line.slice(0, 30)).toBe('fails')
    }
    expect(verdictOf(await stepsOf(lines.slice(0, -1).join('\n'), told))).toBe('fails')
    for (const other of [{ ...told, actor: 'li' }, { ...told, fields: { ...told.fields, value: '3.6' } }, { ...told, fields: { element: 'gdp', period: '2021-08', unit: '东城区' } }])
      expect((await stepsOf(receiptText, other)).find((step) => step.name === 'says')!.holds).toBe(false)
  })
  it('are refused in any other form', () => {
    for (const text of ['', 'baton-head 1', headText.replace('size: 7', 'size: 07'), headText + 'more: 1\n', headText.replace('sha256', 'md5'), receiptText]) expect(readHead(text)).toBeNull()
    expect(readReceipt(headText)).toBeNull()
    const bytes = readReceipt(receiptText)!.entry!
    for (let size = 0; size < bytes.length; size++) expect(readEntry(bytes.slice(0, size)), String(size)).toBeNull()
    expect(saysTheSame(readEntry(bytes)!, told)).toBe(true)
  })
  it('a proposal is held against the facts in it, too', () => {
    const string = (words: string): number[] => [0, 0, 0, words.length, ...new TextEncoder().encode(words)]
    const fields = [0, 0, 0, 1, ...string('value'), 0x74, ...string('3.5')]
    const fact = [...string('observation'), ...string('city'), ...fields]
    const entry = (of: number[]) => readEntry(new Uint8Array([1, ...Array(7).fill(0), 9, ...Array(8).fill(0), ...string('proposal'), ...string('city'), ...string('li'), 0, 0, 0, 1, ...string('fact:0001'), 0x66, 0, 0, 0, of.length, ...of]))!
    const said = { position: 9, time: '1970-01-01T00:00:00.000Z', kind: 'proposal', assessment: 'city', actor: 'li', fields: { 'fact:0001': { kind: 'observation', fields: { value: '3.5' } } } }
    expect(saysTheSame(entry(fact), said)).toBe(true)
    expect(saysTheSame(entry(fact), { ...said, fields: { 'fact:0001': { kind: 'observation', fields: { value: '3.6' } } } })).toBe(false)
    expect(saysTheSame(entry(fact), { ...said, fields: { 'fact:0001': { kind: 'target', fields: { value: '3.5' } } } })).toBe(false)
    expect(saysTheSame(entry([...fact, 0]), said)).toBe(false)
  })
  it('a signature that cannot be checked is not taken for checked', async () => {
    const head = readHead(headText)!
    expect(await isSigned({ ...head, publicKey: bytesOfHex('3059301306072a8648ce3d0201')! })).toBeNull()
    vi.stubGlobal('crypto', {}) // as for a page that came by HTTP from another machine
    expect(verdictOf(await stepsOf(receiptText, told))).toBe('partly')
    vi.stubGlobal('crypto', webcrypto)
  })
})

describe('trees', () => {
  it('tell every leaf of every size, and no other', () => {
    for (let size = 1; size <= 20; size++) {
      const of = leaves.slice(0, size)
      const root = rootOf(of)
      for (let at = 0; at < size; at++) {
        const path = pathOf(at, of)
        expect(isIncluded('sha256', of[at]!, at, size, path, root), `${at} of ${size}`).toBe(true)
        expect(isIncluded('sha256', leaves[30]!, at, size, path, root)).toBe(false)
        expect(isIncluded('sha256', of[at]!, at, size, [...path, root], root)).toBe(false)
        if (size > 1) expect(isIncluded('sha256', of[at]!, (at + 1) % size, size, path, root)).toBe(false)
      }
      expect(isIncluded('sha256', of[0]!, size, size, [], root)).toBe(false)
    }
  })
  it('tell that one extends another, and that a rewritten one does not', () => {
    for (let newer = 1; newer <= 20; newer++)
      for (let older = 1; older <= newer; older++) {
        const [of, former] = [leaves.slice(0, newer), { size: older, root: rootOf(leaves.slice(0, older)) }]
        const proof = extensionOf(older, of)
        const now = { size: newer, root: rootOf(of) }
        expect(isExtended('sha256', former, now, proof), `${older} ${newer}`).toBe(true)
        const rewritten = { size: older, root: rootOf([leaves[35]!, ...leaves.slice(1, older)]) }
        expect(isExtended('sha256', rewritten, now, proof), `rewritten ${older} ${newer}`).toBe(false)
        expect(isExtended('sha256', former, { ...now, root: leaves[36]! }, proof)).toBe(false)
        if (older < newer) expect(isExtended('sha256', former, now, proof.slice(0, -1))).toBe(false)
      }
    expect(isExtended('sha256', { size: 3, root: leaves[0]! }, { size: 2, root: leaves[0]! }, [])).toBe(false)
  })
})
