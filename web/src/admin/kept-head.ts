// A head that was kept held against the newest one, by the proof that the server gives: pure but for the signatures.
import { bytesOfHex, hexOf } from './digest'
import { isExtended, isOwnKey, isSigned, readHead, readReceipt, type Head } from './proof'

export interface Consistency {
  from: number
  proof: string[]
  signed_head: string
}
export type KeptStep = 'kept' | 'keptKey' | 'now' | 'nowKey' | 'path' | 'sameKey'
export interface Compared {
  verdict: 'extends' | 'partly' | 'rewritten'
  steps: { name: KeptStep; holds: boolean | null }[]
  now: Head | null
}

// A head, or that of a receipt; null = neither.
export const keptOf = (text: string): Head | null => readHead(text) ?? readReceipt(text)?.head ?? null

export async function compared(kept: Head, told: Consistency): Promise<Compared> {
  const now = readHead(told.signed_head)
  const proof = told.proof.map(bytesOfHex)
  if (!now || proof.some((one) => one?.length !== 32)) return { verdict: 'rewritten', steps: [{ name: 'path', holds: false }], now }
  const isSameLedger = now.ledger === kept.ledger && now.digest === kept.digest && told.from === kept.size
  const steps: Compared['steps'] = [
    { name: 'keptKey', holds: isOwnKey(kept) },
    { name: 'kept', holds: await isSigned(kept) },
    { name: 'nowKey', holds: isOwnKey(now) },
    { name: 'now', holds: await isSigned(now) },
    { name: 'path', holds: isSameLedger && isExtended(kept.digest, kept, now, proof as Uint8Array[]) },
    // Another key may have come by a change that both signed, which the whole verification looks at.
    { name: 'sameKey', holds: hexOf(kept.key) === hexOf(now.key) ? true : null },
  ]
  const verdict = steps.some((step) => step.holds === false) ? 'rewritten' : steps.some((step) => step.holds === null) ? 'partly' : 'extends'
  return { verdict, steps, now }
}
