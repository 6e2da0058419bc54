// A group of 20,000 units: few rows in the document, how smoothly it scrolls, and a row that has the focus. How fast frames are is held to those of the same page at rest, for other things may be under way.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { base, count, launch, look, open, password, shoot, tried, useBase } from './browser.mjs'

const COUNT = 20_000
const baton = process.env.BATON
const folder = mkdtempSync(join(tmpdir(), 'baton-many-'))
const run = (...args) => execFileSync(baton, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
execFileSync('python3', [fileURLToPath(new URL('make_many', import.meta.url)), join(folder, 'package'), String(COUNT)])
const ledger = join(folder, 'many.db')
run('init', ledger, '--as', 'li.wei', '--name', '李伟', '--from', join(folder, 'package'))
const first = run('account', ledger, 'make', 'li.wei')
writeFileSync(join(folder, 'serve.yaml'), 'second_factor:\n  of: nobody\nlimits: {account: {reads: 0, writes: 0, costly: 0}, address: {reads: 0, writes: 0, costly: 0}}\npasswords: {hash_kib: 8192, hash_passes: 1}\n')
const port = await new Promise((resolve) => {
  const free = createServer().listen(0, '127.0.0.1', () => {
    const given = free.address().port
    free.close(() => resolve(given))
  })
})
const server = spawn(baton, ['serve', ledger, '--config', join(folder, 'serve.yaml'), '--listen', `127.0.0.1:${port}`], { stdio: 'ignore' })
useBase(`http://127.0.0.1:${port}`)
for (let i = 0; i < 600; i++) {
  if (await fetch(base + '/readyz').then((answer) => answer.ok, () => false)) break
  await new Promise((resolve) => setTimeout(resolve, 100))
}
const browser = await launch()
try {
  const { page, wrong, close } = await open(browser)
  await page.goto(base + '/sign-in')
  await page.evaluate(
    async ([who, old, next]) => {
      await fetch('/api/v1/session/password', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ person: who, password: old, new_password: next }) })
    },
    ['li.wei', first, password],
  )
  await page.goto(base + '/table')
  await page.waitForSelector('.league tbody tr', { timeout: 60000 })
  await page.waitForTimeout(1500)
  await tried('at most 80 rows of 20,000 are in the document, which says how many there are', async () => {
    const rows = (await page.$$('.league tr')).length
    const all = await page.getAttribute('.league', 'aria-rowcount')
    await shoot(page, 'many-zh-1280')
    const serious = await look(page)
    return rows <= 80 && all === '20001' ? serious : `${rows} rows, aria-rowcount ${all}`
  })
  await tried('the last row is the last, at its place', async () => {
    await page.$eval('.sheet.many', (sheet) => (sheet.scrollTop = sheet.scrollHeight))
    await page.waitForFunction(() => document.querySelector('.league tbody tr:last-child')?.getAttribute('aria-rowindex') === '20001')
    const fits = await page.$eval('.sheet.many', (sheet) => sheet.querySelector('tbody tr:last-child').getBoundingClientRect().bottom <= sheet.getBoundingClientRect().bottom + 1)
    await shoot(page, 'many-end-zh-1280')
    return fits ? '' : 'it does not come into sight'
  })
  await tried('a row that has the focus keeps it where it goes out of sight, and the next key brings it back', async () => {
    const sheet = await page.$('.sheet.many')
    await sheet.evaluate((one) => (one.scrollTop = 0))
    await page.waitForSelector('.league tr[aria-rowindex="6"] th button')
    await page.focus('.league tr[aria-rowindex="6"] th button')
    const name = await page.evaluate(() => document.activeElement.textContent)
    for (const part of [0.5, 1, 0.3]) {
      await sheet.evaluate((one, where) => (one.scrollTop = one.scrollHeight * where), part)
      await page.waitForTimeout(150)
      const now = await page.evaluate(() => [document.activeElement.textContent, document.activeElement.closest('tr')?.getAttribute('aria-rowindex'), document.querySelectorAll('.league tr').length])
      if (now[0] !== name || now[1] !== '6' || now[2] > 80) return `at ${part}: ${now}`
    }
    await page.keyboard.press('Shift')
    await page.waitForFunction(() => !document.querySelector('.league tr.kept') && document.querySelector('.sheet.many').scrollTop < 1000)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => new URL(location.href).searchParams.get('unit'))
    const text = await page.textContent('.el-drawer__header')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => !new URL(location.href).searchParams.get('unit'))
    return text.includes(name) ? '' : `${text} instead of ${name}`
  })
  await tried('a scroll of 10 s is about as smooth as the page at rest, with few rows all the time', async () => {
    const frames = (step, ms) =>
      page.$eval(
        '.sheet.many',
        (sheet, [by, time]) =>
          new Promise((done) => {
            sheet.scrollTop = 0
            const taken = []
            let most = 0
            let last = performance.now()
            const begun = last
            const next = (now) => {
              taken.push(now - last)
              last = now
              most = Math.max(most, document.querySelectorAll('.league tr').length)
              sheet.scrollTop += by
              if (now - begun < time) requestAnimationFrame(next)
              else done({ taken: taken.slice(1).sort((x, y) => x - y), most, top: sheet.scrollTop })
            }
            requestAnimationFrame(next)
          }),
        [step, ms],
      )
    const of95 = (one) => one.taken[Math.floor(one.taken.length * 0.95)]
    const still = await frames(0, 3000)
    const moved = await frames(48, 10_000)
    console.log(`   ${moved.taken.length} frames over ${moved.top} px: half below ${moved.taken[moved.taken.length >> 1].toFixed(1)} ms, 95 of 100 below ${of95(moved).toFixed(1)} ms (at rest ${of95(still).toFixed(1)} ms), the slowest ${moved.taken.at(-1).toFixed(1)} ms; at most ${moved.most} rows`)
    return of95(moved) <= Math.max(34, 3 * of95(still)) && moved.most <= 80 ? '' : `${of95(moved)} ms where it is ${of95(still)} at rest, ${moved.most} rows`
  })
  await tried('of very many units nothing is said wrong', () => wrong.join('; '))
  await close()
} finally {
  await browser.close()
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGKILL')
  await gone
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = count()
