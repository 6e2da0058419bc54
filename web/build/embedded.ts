// What the server needs beside the bundle: the list of addresses that are answered with index.html, and each text compressed as well as it can be.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const SMALLEST = 1024 // below it a compressed form gains nothing

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : [path]
  })
}

function compress(path: string): void {
  const bytes = readFileSync(path)
  if (bytes.length < SMALLEST) return
  const br = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })
  writeFileSync(path + '.br', br)
  writeFileSync(path + '.gz', gzipSync(bytes, { level: 9 }))
}

export function embedded(addresses: string[]): Plugin {
  let folder = ''
  return {
    name: 'baton-embedded',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir
    },
    closeBundle() {
      for (const path of files(folder)) if (/\.(js|css|html|svg)$/.test(path)) compress(path)
      writeFileSync(join(folder, 'addresses'), addresses.map((one) => one + '\n').join(''))
    },
  }
}
