// Heads, receipts and proofs, checked in the browser by docs/journal.md, so that a reader need not take the server's word for them. Pure but for the signature, which the browser has to be able to check.
import { bytesOfHex, digestOf, hexOf, isDigestKind, type DigestKind } from './digest'
import { isSignedBySm2, SM2_KEY } from './sm2'

export interface Head {
  ledger: string
  digest: DigestKind
  size: number
  time: string
  root: Uint8Array
  key: Uint8Array
  publicKey: Uint8Array
  signature: Uint8Array
}
export interface Receipt {
  head: Head
  position: number
  entry: Uint8Array | null // it may be left out
  leaf: Uint8Array
  proof: Uint8Array[]
}
export interface EntryField {
  name: string
  type: string
  value: Uint8Array
}
export interface EntryBytes {
  position: number
  time: number // milliseconds
  kind: string
  assessment: string
  actor: string
  fields: EntryField[]
}

const headLines = ['ledger', 'digest', 'size', 'time', 'root', 'key', 'public_key', 'signature']
const wholeOf = (text: string): number | null => (/^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null)

// What stands behind each name, in order; null = that is another line.
function linesOf(text: string, first: string): [string, string][] | null {
  const lines = text.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n')
  if (lines.shift() !== first) return null
  const found: [string, string][] = []
  for (const line of lines) {
    const at = line.indexOf(': ')
    if (at < 0) return null
    found.push([line.slice(0, at), line.slice(at + 2)])
  }
  return found
}

function headOf(lines: [string, string][]): Head | null {
  if (headLines.some((name, i) => lines[i]?.[0] !== name)) return null
  const [ledger, digest, size, time, root, key, publicKey, signature] = lines.map((line) => line[1]) as [string, string, string, string, string, string, string, string]
  const whole = wholeOf(size)
  const bytes = [root, key, publicKey, signature].map(bytesOfHex)
  if (!isDigestKind(digest) || whole === null || whole < 1 || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time) || bytes.some((one) => one === null)) return null
  if (bytes[0]!.length !== 32 || bytes[1]!.length !== 32) return null
  return { ledger, digest, size: whole, time, root: bytes[0]!, key: bytes[1]!, publicKey: bytes[2]!, signature: bytes[3]! }
}

// null = it is not in the form of a head.
export function readHead(text: string): Head | null {
  const lines = linesOf(text, 'baton-head 1')
  return lines && lines.length === headLines.length ? headOf(lines) : null
}

export function readReceipt(text: string): Receipt | null {
  const lines = linesOf(text, 'baton-receipt 1')
  const head = lines && headOf(lines)
  if (!lines || !head) return null
  const rest = lines.slice(headLines.length)
  const position = rest[0]?.[0] === 'position' ? wholeOf(rest.shift()![1]) : null
  const entry = rest[0]?.[0] === 'entry' ? bytesOfHex(rest.shift()![1]) : undefined
  const leaf = rest[0]?.[0] === 'leaf' ? bytesOfHex(rest.shift()![1]) : null
  const proof = rest.map(([name, value]) => (name === 'proof' ? bytesOfHex(value) : null))
  if (position === null || entry === null || leaf === null || proof.some((one) => one?.length !== 32)) return null
  return { head, position, entry: entry ?? null, leaf, proof: proof as Uint8Array[] }
}

const same = (one: Uint8Array, other: Uint8Array): boolean => hexOf(one) === hexOf(other)
const nodeOf = (kind: DigestKind, one: Uint8Array, other: Uint8Array): Uint8Array => digestOf(kind, new Uint8Array([1]), one, other)
const half = (value: number): number => Math.floor(value / 2)
const isOdd = (value: number): boolean => value % 2 === 1

// That the leaf stands at that position among `size` entries with that root: RFC 9162, 2.1.3.2.
export function isIncluded(kind: DigestKind, leaf: Uint8Array, position: number, size: number, proof: Uint8Array[], root: Uint8Array): boolean {
  if (position >= size) return false
  let [at, last, made] = [position, size - 1, leaf]
  for (const one of proof) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      made = nodeOf(kind, one, made)
      while (!isOdd(at) && at > 0) [at, last] = [half(at), half(last)]
    } else made = nodeOf(kind, made, one)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && same(made, root)
}

// That the first `size` entries of the newer head are those of the older one: RFC 9162, 2.1.4.2.
export function isExtended(kind: DigestKind, older: { size: number; root: Uint8Array }, newer: { size: number; root: Uint8Array }, proof: Uint8Array[]): boolean {
  if (older.size === newer.size) return proof.length === 0 && same(older.root, newer.root)
  if (older.size < 1 || older.size > newer.size) return false
  let [at, last] = [older.size - 1, newer.size - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  const path = at === 0 ? [older.root, ...proof] : [...proof] // a whole tree is its own root
  const first = path.shift()
  if (!first) return false
  let [old, now] = [first, first]
  for (const one of path) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      old = nodeOf(kind, one, old)
      now = nodeOf(kind, one, now)
      while (!isOdd(at) && at > 0) [at, last] = [half(at), half(last)]
    } else now = nodeOf(kind, now, one)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && same(old, older.root) && same(now, newer.root)
}

// Reads bytes from the beginning; whoever reads beyond their end gets a RangeError.
function readerOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const words = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let at = 0
  const number = (size: 1 | 4 | 8): number => {
    const value = size === 1 ? view.getUint8(at) : size === 4 ? view.getUint32(at) : Number(view.getBigUint64(at))
    at += size
    return value
  }
  const string = (): Uint8Array => {
    const size = number(4)
    if (at + size > bytes.length) throw new RangeError()
    at += size
    return bytes.slice(at - size, at)
  }
  const text = (): string => words.decode(string())
  const fields = (): EntryField[] => {
    const all: EntryField[] = []
    for (let left = number(4); left > 0; left--) all.push({ name: text(), type: String.fromCharCode(number(1)), value: string() })
    return all
  }
  return { number, text, fields, isAtEnd: () => at === bytes.length }
}

// The bytes of an entry; null = they are not in the form of one.
export function readEntry(bytes: Uint8Array): EntryBytes | null {
  const read = readerOf(bytes)
  try {
    if (read.number(1) !== 1) return null
    const entry: EntryBytes = { position: read.number(8), time: read.number(8), kind: read.text(), assessment: read.text(), actor: read.text(), fields: read.fields() }
    return read.isAtEnd() ? entry : null
  } catch {
    return null // it ends too early, or a text is none
  }
}

// A fact that a proposal proposes.
function readFact(bytes: Uint8Array): { kind: string; fields: EntryField[] } | null {
  const read = readerOf(bytes)
  try {
    const kind = read.text()
    read.text() // its assessment, which is not told apart from the proposal's
    const fields = read.fields()
    return read.isAtEnd() ? { kind, fields } : null
  } catch {
    return null
  }
}

function signedBytes(head: Head): Uint8Array<ArrayBuffer> {
  const [word, ledger] = ['baton-head', head.ledger].map((text) => new TextEncoder().encode(text)) as [Uint8Array, Uint8Array]
  const bytes = new Uint8Array(1 + 4 + word.length + 4 + ledger.length + 16 + 64)
  const view = new DataView(bytes.buffer)
  let at = 1
  bytes[0] = 1
  for (const text of [word, ledger]) {
    view.setUint32(at, text.length)
    bytes.set(text, at + 4)
    at += 4 + text.length
  }
  view.setBigUint64(at, BigInt(head.size))
  view.setBigUint64(at + 8, BigInt(Date.parse(head.time)))
  bytes.set(head.root, at + 16)
  bytes.set(head.key, at + 48)
  return bytes
}

// Whether the signature is that of the head's key; null = this browser cannot tell: Ed25519 is the browser's, which an older one has not, nor any for a page that came by HTTP from another machine.
export async function isSigned(head: Head): Promise<boolean | null> {
  if (hexOf(head.publicKey).startsWith(SM2_KEY)) return isSignedBySm2(head.publicKey, head.signature, signedBytes(head))
  if (typeof crypto === 'undefined' || crypto.subtle === undefined || !hexOf(head.publicKey).startsWith('302a300506032b6570032100')) return null
  let key: CryptoKey
  try {
    key = await crypto.subtle.importKey('spki', new Uint8Array(head.publicKey), 'Ed25519', false, ['verify'])
  } catch {
    return null // a browser without Ed25519, or no key
  }
  return crypto.subtle.verify('Ed25519', key, new Uint8Array(head.signature), signedBytes(head))
}
export const isOwnKey = (head: Head): boolean => same(digestOf(head.digest, head.publicKey), head.key)

// What an entry says by the interface, to be held against its bytes.
export interface EntryTold {
  position: number
  time: string
  kind: string
  assessment: string | null
  actor: string
  fields: Record<string, unknown>
}

function saysField(field: EntryField, told: unknown): boolean {
  if (field.type === 't') return told === new TextDecoder().decode(field.value)
  if (field.type === 'c') return (told as { content?: string } | undefined)?.content === hexOf(field.value)
  const fact = field.type === 'f' ? readFact(field.value) : null
  const of = told as { kind?: string; fields?: Record<string, unknown> } | undefined
  return fact !== null && of?.kind === fact.kind && saysFields(fact.fields, of.fields ?? {})
}
function saysFields(fields: EntryField[], told: Record<string, unknown>): boolean {
  return fields.length === Object.keys(told).length && fields.every((field) => Object.hasOwn(told, field.name) && saysField(field, told[field.name]))
}
export function saysTheSame(bytes: EntryBytes, told: EntryTold): boolean {
  const { position, time, kind, assessment, actor, fields } = bytes
  return position === told.position && time === Date.parse(told.time) && kind === told.kind && assessment === (told.assessment ?? '') && actor === told.actor && saysFields(fields, told.fields)
}

export type StepName = 'form' | 'says' | 'leaf' | 'path' | 'key' | 'signature'
export interface Step {
  name: StepName
  holds: boolean | null // null = cannot be told here
}

// Every step of a receipt, in order; those behind one that has not the form are not there.
export async function stepsOf(text: string, told: EntryTold): Promise<Step[]> {
  const receipt = readReceipt(text)
  if (!receipt) return [{ name: 'form', holds: false }]
  const { head, leaf, position, proof } = receipt
  const entry = receipt.entry && readEntry(receipt.entry)
  return [
    { name: 'form', holds: position === told.position },
    { name: 'says', holds: entry !== null && saysTheSame(entry, told) },
    { name: 'leaf', holds: receipt.entry !== null && same(digestOf(head.digest, new Uint8Array([0]), receipt.entry), leaf) },
    { name: 'path', holds: isIncluded(head.digest, leaf, position, head.size, proof, head.root) },
    { name: 'key', holds: isOwnKey(head) },
    { name: 'signature', holds: await isSigned(head) },
  ]
}
export const verdictOf = (steps: Step[]): 'holds' | 'fails' | 'partly' => (steps.some((step) => step.holds === false) ? 'fails' : steps.some((step) => step.holds === null) ? 'partly' : 'holds')
