// Archives of packages in the browser: a scheme's files out of one, and laid over another. The synchronous kind of fflate, as workers from blobs are against the content policy. Pure.
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { headOf } from './scheme-yaml'
import type { Texts } from './scheme'

export type Files = Record<string, Uint8Array>
const WHEN = new Date(1980, 0, 1) // the same files give the same bytes

const alone = ['scheme.yaml', 'indicators.csv', 'weights.csv']
// Whether a file belongs to the scheme and not to its figures.
export function isOfScheme(name: string): boolean {
  return alone.includes(name) || /^documents\/[^/]+\.md$/.test(name) || /^mappings\/[^/]+\.yaml$/.test(name)
}

export function unpack(bytes: Uint8Array): Files {
  const files = unzipSync(bytes)
  return Object.fromEntries(Object.entries(files).filter(([name]) => !name.endsWith('/')))
}
export function pack(files: Files): Uint8Array {
  const all: Zippable = {}
  for (const name of Object.keys(files).sort()) all[name] = [files[name]!, { mtime: WHEN }]
  return zipSync(all, { level: 6 })
}

// UTF-8, else GB18030, as packages are read.
export function textOfBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030', { ignoreBOM: true }).decode(bytes)
  }
}

// The folder of an archive that an assessment's package stands in, with its slash; null = there is none. `any` takes the outermost where none is of that name.
export function folderOf(files: Files, assessment: string, any = false): string | null {
  const found = Object.keys(files).filter((name) => /(^|\/)scheme\.yaml$/.test(name)).sort((x, y) => x.length - y.length)
  const own = found.find((name) => headOf(textOfBytes(files[name]!)).id === assessment) ?? (any ? found[0] : undefined)
  return own === undefined ? null : own.slice(0, -'scheme.yaml'.length)
}
export function textsOf(files: Files, folder: string): Texts {
  return Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => name.startsWith(folder) && isOfScheme(name.slice(folder.length)))
      .map(([name, bytes]) => [name.slice(folder.length), textOfBytes(bytes)]),
  )
}
// A file that was not changed keeps its bytes; one that the scheme has no more is left out.
export function layOver(files: Files, folder: string, texts: Texts): Files {
  const out: Files = {}
  for (const [name, bytes] of Object.entries(files)) if (!name.startsWith(folder) || !isOfScheme(name.slice(folder.length))) out[name] = bytes
  for (const [name, text] of Object.entries(texts)) {
    const old = files[folder + name]
    out[folder + name] = old && textOfBytes(old) === text ? old : strToU8(text)
  }
  return out
}
export const packTexts = (texts: Texts): Uint8Array => pack(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(text)])))
export const textOfFile = (files: Files, name: string): string | null => (files[name] ? strFromU8(files[name]!) : null)
