import { describe, expect, it } from 'vitest'
import { bytesOfHex, digestOf, hexOf } from './digest'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('digests', () => {
  it('are those of the standards', () => {
    expect(hexOf(digestOf('sha256', bytes('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(hexOf(digestOf('sm3', bytes('abc')))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    expect(hexOf(digestOf('sm3', bytes('abcd'.repeat(16))))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732')
  })
  // Worked out by OpenSSL.
  it('are right for every size around a block, in however many parts', () => {
    const known: [number, string, string][] = [
      [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b'],
      [55, '0a029c039b4853c530f7cef160a48c06e06ab8233c46b665d088a825f5a49c93', '17187ff7b18220d4bc470b84923e305cc34136e7a201da15667c21be8106d528'],
      [56, '74d933e31f80a44b658969a1d4a7d078f785ba9f789e1f7c95f7bc8a70e0e34a', '3bb061728815a39e9d0f3842abdaf6146b4bba3caf5ffc3b1b5b014862ac2771'],
      [63, '9c1546d1c4de7e0f37dd1ee89f5fcbf3a976b9d778d1034edbc74914e6f7cfdb', '58e11cb1b30d772c0081833a8dfffbe40ee9e06072954465668d12fbc9520da0'],
      [64, '4fd817dcaa16924ddf8b172da321a4189440c800686d043b25121267078c9d45', 'e6dc29a9c49769f7f3dfb0a25983c8deb5bc6f4f2a835f2f88cb9996ad2fbb54'],
      [65, '91c1b77da0bc3f612880a13a86a518aa8493cb5c5780b60f6d52d592485f89d4', '5c41d9fe3f06f857316d70ab0ef911cbc7b3fede46f0eaa2abc3d6283281a550'],
      [119, '13cfd93a8d755041af964735096349e0b900b65c0e380a6e7bac47f8f96b096f', '2dfcb7f9d50699b7129ab1dc7cea0353b5698b062bef9d1b64a6a0cec4420ff4'],
      [120, '8c4ae9614e608bace52efc98f5a0ec79571830aaa10222e51644f9217d2081f8', '3b570f8716baad3e6178a61a0143bf59d6cf55c5c3a12fe9991f0bfcbafd4aef'],
      [1000, '181ac32ffb9ad0980e71959a56770ff60d86314a1b0d43e1c1adf269db4cbee8', '4b2b0d3e1f0e64c03637592c0288c8af72227097f81f686c6213016a95697b6e'],
    ]
    for (const [size, sha256, sm3] of known) {
      const text = Uint8Array.from({ length: size }, (_, i) => (i * 37 + size) % 256)
      expect(hexOf(digestOf('sha256', text)), `sha256 ${size}`).toBe(sha256)
      expect(hexOf(digestOf('sm3', text.slice(0, 20), text.slice(20))), `sm3 ${size}`).toBe(sm3)
    }
  })
  it('reads digits of whole bytes only', () => {
    expect(bytesOfHex('00ff')).toEqual(new Uint8Array([0, 255]))
    expect([bytesOfHex('0'), bytesOfHex('0G'), bytesOfHex('0A')]).toEqual([null, null, null])
  })
})
