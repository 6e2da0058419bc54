// Whether a signature by SM2 holds (GB/T 32918.2, the curve of GB/T 32918.5, with SM3 and the id that docs/journal.md names): no browser has it. Only public things are worked with, so time may tell them.
import { digestOf } from './digest'

const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn
const A = P - 3n
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const G: Point = { x: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n, y: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n }
const ID = '1234567812345678'

interface Point {
  x: bigint
  y: bigint
}
type Sum = Point | null // null = the point at infinity

const mod = (value: bigint, by: bigint): bigint => ((value % by) + by) % by
function inverse(value: bigint): bigint {
  let [r, next, s, after] = [P, mod(value, P), 0n, 1n]
  while (next !== 0n) {
    const q = r / next
    ;[r, next, s, after] = [next, r - q * next, after, s - q * after]
  }
  return mod(s, P)
}
function added(one: Sum, other: Sum): Sum {
  if (!one) return other
  if (!other) return one
  if (one.x === other.x && mod(one.y + other.y, P) === 0n) return null
  const slope = one.x === other.x ? (3n * one.x * one.x + A) * inverse(2n * one.y) : (other.y - one.y) * inverse(other.x - one.x)
  const x = mod(slope * slope - one.x - other.x, P)
  return { x, y: mod(slope * (one.x - x) - one.y, P) }
}
// one of the first and other of the second, together.
function times(one: bigint, of: Point, other: bigint, second: Point): Sum {
  const both = added(of, second)
  let sum: Sum = null
  for (let bit = 255n; bit >= 0n; bit--) {
    sum = added(sum, sum)
    const [left, right] = [(one >> bit) & 1n, (other >> bit) & 1n]
    if (left && right) sum = added(sum, both)
    else if (left) sum = added(sum, of)
    else if (right) sum = added(sum, second)
  }
  return sum
}

const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
const bytesOf = (value: bigint): Uint8Array => Uint8Array.from(value.toString(16).padStart(64, '0').match(/../g)!, (two) => parseInt(two, 16))

// A SEQUENCE of two INTEGERs, each in the shortest form; null = it is not.
function readSignature(der: Uint8Array): [bigint, bigint] | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.length > 72) return null
  const found: bigint[] = []
  let at = 2
  while (at < der.length) {
    const size = der[at + 1] ?? 0
    const value = der.slice(at + 2, at + 2 + size)
    if (der[at] !== 0x02 || size === 0 || value.length !== size || value[0]! >= 0x80 || (size > 1 && value[0] === 0 && value[1]! < 0x80)) return null
    found.push(numberOf(value))
    at += 2 + size
  }
  return found.length === 2 ? [found[0]!, found[1]!] : null
}

export const SM2_KEY = '3059301306072a8648ce3d020106082a811ccf5501822d03420004'

// `key` in DER, as docs/journal.md has it: its last 64 bytes are x and y.
export function isSignedBySm2(key: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
  const of: Point = { x: numberOf(key.slice(-64, -32)), y: numberOf(key.slice(-32)) }
  if (key.length !== 91 || of.x >= P || of.y >= P || mod(of.y * of.y - (of.x * of.x * of.x + A * of.x + B), P) !== 0n) return false
  const both = readSignature(signature)
  if (!both) return false
  const [r, s] = both
  if (r < 1n || r >= N || s < 1n || s >= N) return false
  const id = new TextEncoder().encode(ID)
  const z = digestOf('sm3', new Uint8Array([0, 8 * id.length]), id, ...[A, B, G.x, G.y, of.x, of.y].map(bytesOf))
  const t = mod(r + s, N)
  const sum = t === 0n ? null : times(s, G, t, of)
  return sum !== null && mod(numberOf(digestOf('sm3', z, message)) + sum.x, N) === r
}
