// Every chart of every page has its table and is taken along as SVG, PNG and CSV: each file is opened and held to what the page shows. Needs $BATON.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { count, launch, open, screens, shown, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const addresses = JSON.parse(readFileSync(new URL('../../web/src/addresses.json', import.meta.url), 'utf8'))
const city = await serveCity()
useBase(city.base)
await client(city.base, city.first, 'chen.li') // first passwords are changed
await client(city.base, city.first, 'li.wei')

// Where there are charts: the page, how many, and what is waited for.
const places = [
  ['/unit?period=2021-08&unit=yunhu', 2, '.card-course .line.mean'],
  ['/why?period=2021-08&unit=yunhu&node=trade_growth', 1, '.strip .mark, .chart .mark'],
  ['/indicator?period=2021-08&group=district&unit=yunhu&node=gdp_growth', 3, '.indicator .dot'],
]

async function taken(page, frame, form) {
  const waiting = page.waitForEvent('download')
  await frame.$$eval('.chart-tools button', (all, text) => all.find((one) => one.textContent.trim() === text).click(), form)
  const file = await waiting
  const path = join(screens, `chart.${form.toLowerCase()}`)
  await file.saveAs(path)
  return { bytes: readFileSync(path), name: file.suggestedFilename() }
}

// An SVG by itself: it parses, names no class and nothing outside of itself, every shape has its colours and every text its font; all that the page draws is in it.
const svgWrong = (frame, text) =>
  frame.evaluate((chart, source) => {
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml')
    if (parsed.querySelector('parsererror')) return 'it does not parse'
    const root = parsed.documentElement
    const drawn = chart.querySelector('.drawn svg')
    const found = []
    for (const one of root.querySelectorAll('*')) if (one.hasAttribute('class') || one.hasAttribute('style') || /^(image|use|style|script|foreignObject)$/.test(one.localName)) found.push(`${one.localName} leans on something else`)
    for (const one of root.querySelectorAll('path, line, circle, rect, polygon, polyline')) {
      const inks = [one.getAttribute('fill'), one.getAttribute('stroke')]
      if (!inks[0] || inks.some((ink) => /var\(|currentcolor/i.test(ink ?? 'none'))) found.push(`${one.localName} without colour: ${inks}`)
    }
    for (const one of root.querySelectorAll('text')) if (!one.getAttribute('font-family') || !/^[\d.]+px$/.test(one.getAttribute('font-size') ?? '') || !/^(rgb|#|oklch|color)/.test(one.getAttribute('fill') ?? '')) found.push(`text without font: ${one.textContent}`)
    const words = (svg) => [...svg.querySelectorAll('text')].map((one) => one.textContent.trim()).join('|')
    if (words(root) !== words(drawn)) found.push(`other words: ${words(root)} / ${words(drawn)}`)
    if (root.querySelectorAll('*').length !== drawn.querySelectorAll('*').length + 1) found.push('not all is in it')
    const paper = root.firstElementChild
    if (paper?.localName !== 'rect' || paper.getAttribute('width') !== root.getAttribute('width')) found.push('no paper')
    return found.slice(0, 3).join(', ')
  }, text)

// A PNG: twice as many pixels as the drawing, and its inks upon the paper.
const pngWrong = (frame, base64) =>
  frame.evaluate(async (chart, content) => {
    const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0))
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const box = chart.querySelector('.drawn svg').viewBox.baseVal
    if (picture.width !== Math.floor(box.width * 2) || picture.height !== Math.floor(box.height * 2)) return `${picture.width} × ${picture.height}, not twice ${box.width} × ${box.height}`
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    const context = canvas.getContext('2d')
    context.drawImage(picture, 0, 0)
    const dots = new Uint32Array(context.getImageData(0, 0, picture.width, picture.height).data.buffer)
    const times = new Map()
    for (const dot of dots) times.set(dot, (times.get(dot) ?? 0) + 1)
    const paper = Math.max(...times.values())
    if (dots.some((dot) => dot >>> 24 !== 255)) return 'it is seen through'
    return times.size < 3 || paper === dots.length || dots.length - paper < 200 ? `${times.size} colours, ${dots.length - paper} dots of ink` : ''
  }, base64)

// CSV: with its mark, the heads of the table, a line for each of its rows by the same name or period, and numbers as numbers.
async function csvWrong(frame, bytes) {
  const text = bytes.toString('utf8')
  if (!text.startsWith('\ufeff')) return 'no byte order mark'
  if (!text.endsWith('\r\n')) return 'no end of the last line'
  const rows = text.slice(1).trimEnd().split('\r\n').map((line) => line.split(','))
  const table = await frame.$eval('.chart-table table', (one) => [...one.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim())))
  if (JSON.stringify(rows[0]) !== JSON.stringify(table[0])) return `heads ${rows[0]} / ${table[0]}`
  const named = table.slice(1).map((row) => row[0])
  const periodOf = (text) => text.replace(/^(\d{4})年(\d+)月$/, (_, year, month) => `${year}-${month.padStart(2, '0')}`)
  // Behind a curve stand its points too, which the table of units has not.
  const lines = new Map(rows.slice(1).map((row) => [row[0], row]))
  for (const [at, name] of named.entries()) {
    const row = lines.get(periodOf(name)) ?? lines.get(name)
    if (!row) return `no line for ${name}`
    for (const [column, cell] of table[at + 1].entries()) {
      const figure = Number(cell.replace(/[,，%]/g, '').replace('−', '-'))
      if (column === 0 || cell === '—' || cell === '' || !Number.isFinite(figure)) continue
      const digits = /\.(\d+)/.exec(cell)?.[1].length ?? 0
      if (row[column] === '' || !(Math.abs(Number(row[column]) - figure) <= 0.5 * 10 ** -digits + 1e-9)) return `${name}: ${row[column]} is not ${cell}`
    }
  }
  return named.length > 0 ? '' : 'no rows'
}

const browser = await launch()
try {
  for (const how of [{}, { width: 1920, theme: 'dark' }, { width: 390 }]) {
    const { page, wrong, close } = await open(browser, how)
    await signIn(page, 'li.wei', '/account')
    for (const [to, many, ready] of places)
      await tried(`charts of ${to.slice(0, to.indexOf('?'))} at ${how.width ?? 1280}${how.theme ? ' dark' : ''}`, async () => {
        await page.goto(city.base + to)
        await page.waitForSelector(ready)
        await shown(page)
        const trial = await page.$('.method-trial > summary')
        if (trial) {
          await trial.click()
          await page.waitForSelector('.method-shown svg .mark')
        }
        await page.waitForTimeout(500)
        const frames = await page.$$('.chart')
        const found = frames.length === many ? [] : [`${frames.length} charts, not ${many}`]
        for (const frame of frames) {
          const title = await frame.$eval('h2', (one) => one.textContent)
          await frame.$eval('.chart-tools button', (one) => one.click())
          if (!(await frame.$eval('.chart-table', (one) => one.checkVisibility()))) found.push(`${title}: no table`)
          const [svg, png, csv] = [await taken(page, frame, 'SVG'), await taken(page, frame, 'PNG'), await taken(page, frame, 'CSV')]
          for (const [form, file, why] of [['svg', svg, await svgWrong(frame, svg.bytes.toString('utf8'))], ['png', png, await pngWrong(frame, png.bytes.toString('base64'))], ['csv', csv, await csvWrong(frame, csv.bytes)]]) {
            if (why) found.push(`${title}, ${form}: ${why}`)
            if (!file.name.endsWith(`.${form}`) || file.name.length < 8) found.push(`${title}: ${file.name}`)
          }
        }
        return found.join('; ')
      })
    await tried('nothing was said wrong', () => wrong.join('; '))
    await close()
  }
  // A drawing with data in it stands in a frame, on every page; but the small course in a row and the square code.
  const { page, close } = await open(browser)
  await signIn(page, 'li.wei', '/account')
  await tried('no chart of any page is without its frame', async () => {
    const found = []
    for (const path of Array.isArray(addresses) ? addresses : Object.values(addresses)) {
      await page.goto(`${city.base}${path}`)
      await page.waitForSelector('.shell, .lobby, .posting, form')
      await shown(page)
      const lone = await page.$$eval('svg[role=img]', (all) => all.filter((one) => !one.closest('.chart, .spark, .square-code')).map((one) => one.outerHTML.slice(0, 80)))
      if (lone.length > 0) found.push(`${path}: ${lone[0]}`)
    }
    return found.join('; ')
  })
  await close()
} finally {
  await browser.close()
  await city.end()
}
process.exit(count())
