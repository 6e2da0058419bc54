import { describe, expect, it } from 'vitest'
import { strToU8 } from 'fflate'
import { folderOf, isOfScheme, layOver, pack, packTexts, textOfBytes, textsOf, unpack, type Files } from './pack'

const files: Files = Object.fromEntries(Object.entries({ 'scheme.yaml': 'id: now', 'indicators.csv': 'id,name\n', 'units.csv': 'id\n', 'documents/a.md': '# 甲', 'documents/deep/b.md': 'x', 'before/scheme.yaml': 'id: before', 'before/units.csv': 'old' }).map(([name, text]) => [name, strToU8(text)]))

describe('archives of packages', () => {
  it('come back as they were, and the same files give the same bytes', () => {
    expect(unpack(pack(files))).toEqual(files)
    expect(pack(files)).toEqual(pack(Object.fromEntries(Object.entries(files).reverse())))
  })
  it('have the package of an assessment in a folder', () => {
    expect([folderOf(files, 'now'), folderOf(files, 'before'), folderOf(files, 'other'), folderOf(files, 'other', true), folderOf({}, 'now', true)]).toEqual(['', 'before/', null, '', null])
  })
  it('give a scheme its own files only', () => {
    expect(Object.keys(textsOf(files, ''))).toEqual(['scheme.yaml', 'indicators.csv', 'documents/a.md'])
    expect(['weights.csv', 'targets.csv', 'mappings/m.yaml', 'mappings/m.csv', '../scheme.yaml', 'a/weights.csv'].map(isOfScheme)).toEqual([true, false, true, false, false, false])
  })
  it('take a draft over themselves: others stay, what it has no more goes, what is the same keeps its bytes', () => {
    const over = layOver(files, '', { 'scheme.yaml': 'id: now', 'indicators.csv': 'id,name\na,甲\n', 'weights.csv': 'for,indicator,weight\n' })
    expect(Object.keys(over).sort()).toEqual(['before/scheme.yaml', 'before/units.csv', 'documents/deep/b.md', 'indicators.csv', 'scheme.yaml', 'units.csv', 'weights.csv'])
    expect(over['scheme.yaml']).toBe(files['scheme.yaml'])
    expect(textOfBytes(over['indicators.csv']!)).toBe('id,name\na,甲\n')
  })
  it('read GB18030, too', () => {
    expect(textOfBytes(new Uint8Array([0xd6, 0xb8, 0xb1, 0xea]))).toBe('指标')
    const draft = packTexts({ 'scheme.yaml': 'id: x' })
    expect(textsOf(unpack(draft), '')).toEqual({ 'scheme.yaml': 'id: x' })
  })
})
