import { describe, expect, it } from 'vitest'
import { stepsOf } from './proof'

// What `baton init --digest sm3 --signature sm2` and `baton show 1 --receipt` wrote, and `baton verify --receipt` found to hold.
const receipt = `baton-receipt 1
ledger: s
digest: sm3
size: 3
time: 2026-11-24T05:21:31.420Z
root: 7a22999693b9977e92dc3ffd1ab378d27fb26196ee625d7d62af589bb5c2c8ad
key: 658e4be34b15b1eb77f72b5f2272b5edb07e2da5ff65dd7c3a166962bad7eaf2
public_key: 3059301306072a8648ce3d020106082a811ccf5501822d03420004ec10dece2ca2567e9481ede98ba5bb7efb9023ba014048a6c821b2942325669fddd0be11e7927aa85d798733363f77d70ff60390625ff32233015e9e9100703e
signature: 3046022100ac0910a7f2f0243a60f881ae55d7ef126c55e7a8ea0840abe16f70a14131fc630221008650f02e9c059a5b6447dfc4fa7d21454d302c83a03a14a2e094191e7d558866
position: 1
entry: 010000000000000001000001a20c00891c00000006706572736f6e00000000000000066c692e7765690000000200000002696474000000066c692e776569000000046e616d65630000002037611159b3263469f34b226d0b2020df144c511e61b62cfac71cb9b3386628c1
leaf: b7b04eb5f9c6ea3a725bfd58738930dd7cb9230b25055fb66dcb328db2f804c1
proof: 7c7d43c41ba530da92427d31d95ab62613a64106b9910024d1ae0aa9dd972619
proof: 07077b672c60165082ed6465b325654404071532f4b0b2e25d6f551faaaefa5c
`
const told = { position: 1, time: '2026-11-24T05:21:31.420Z', kind: 'person', assessment: null, actor: 'li.wei', fields: { id: 'li.wei', name: { content: '37611159b3263469f34b226d0b2020df144c511e61b62cfac71cb9b3386628c1' } } }
const signatureOf = async (text: string): Promise<unknown> => (await stepsOf(text, told)).find((step) => step.name === 'signature')?.holds

describe('SM2', () => {
  it('a receipt of a ledger with national algorithms holds, step by step', async () => {
    expect((await stepsOf(receipt, told)).map((step) => step.holds)).toEqual([true, true, true, true, true, true])
  })
  it('and does not when anything that is signed is another', async () => {
    for (const [from, to] of [['ledger: s', 'ledger: t'], ['size: 3', 'size: 4'], ['31.420Z', '31.421Z'], ['root: 7', 'root: 8'], ['key: 6', 'key: 7']] as const) expect(await signatureOf(receipt.replace(from, to)), from).toBe(false)
  })
  it('nor one in another form, of another key, or out of range', async () => {
    const signature = /^signature: (.*)$/m.exec(receipt)![1]!
    const other = (text: string): string => receipt.replace(signature, text)
    for (const text of [signature.slice(0, -2), signature + '00', signature.replace('3046', '3045'), '3006020100020100', '300602010102017f', signature.replace('022100ac', '0221ffac'), '']) expect(await signatureOf(other(text)), text).not.toBe(true)
    const key = /^public_key: (.*)$/m.exec(receipt)![1]!
    expect(await signatureOf(receipt.replace(key, key.slice(0, -1) + (key.endsWith('e') ? 'f' : 'e')))).toBe(false)
  })
})
