// How many bytes the first page takes, compressed: what index.html names, and what the league table is loaded with. first_load FOLDER
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
const read = (name) => readFileSync(join(folder, name), 'utf8')
const page = readdirSync(join(folder, 'assets')).find((name) => /^LeagueTable-.*\.js$/.test(name))
const files = new Set(['index.html', ...[...read('index.html').matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((one) => one[1])])
const entry = [...files].find((name) => /^assets\/index-.*\.js$/.test(name))
const script = read(entry)
// Vite's list of what goes with each page, and the numbers in it of this one's.
const all = JSON.parse(script.match(/m\.f\|\|\(m\.f=(\[[^\]]*\])/)[1])
const numbers = script.match(new RegExp(`import\\("\\./${page.replace('.', '\\.')}"\\),__vite__mapDeps\\((\\[[^\\]]*\\])`))[1]
for (const number of JSON.parse(numbers)) files.add(all[number])
files.add(`assets/${page}`)
// And what these import themselves.
for (const name of files) if (name.endsWith('.js')) for (const one of read(name).matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)) files.add(`assets/${one[1]}`)
const sizeOf = (name) => statSync(join(folder, existsSync(join(folder, name + '.br')) ? name + '.br' : name)).size // small ones are not compressed
console.log([...files].reduce((sum, name) => sum + sizeOf(name), 0))
