// A group of 20,000 units: few rows in the document, and how smoothly it scrolls. $BATON_ADDRESS is a server of what make_many makes, $BATON_FIRST its first password.
import { readFileSync } from 'node:fs'
import { base, count, launch, look, open, password, shoot, tried } from './browser.mjs'

const [person, first] = readFileSync(process.env.BATON_FIRST, 'utf8').trim().split(' ')
const browser = await launch()
try {
  const { page, wrong, close } = await open(browser)
  await page.goto(base + '/sign-in')
  await page.evaluate(
    async ([who, old, next]) => {
      const headers = { 'Content-Type': 'application/json' }
      const made = await fetch('/api/v1/session/password', { method: 'POST', headers, body: JSON.stringify({ person: who, password: old, new_password: next }) })
      if (!made.ok) await fetch('/api/v1/session', { method: 'POST', headers, body: JSON.stringify({ person: who, password: next }) })
    },
    [person, first, password],
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
  await tried('95 of 100 frames of a scroll of 10 s take less than 34 ms', async () => {
    const seen = await page.$eval('.sheet.many', (sheet) =>
      new Promise((done) => {
        sheet.scrollTop = 0
        const frames = []
        let most = 0
        let last = performance.now()
        const begun = last
        const step = (now) => {
          frames.push(now - last)
          last = now
          most = Math.max(most, document.querySelectorAll('.league tr').length)
          sheet.scrollTop += 48
          if (now - begun < 10_000) requestAnimationFrame(step)
          else done({ frames, most, top: sheet.scrollTop })
        }
        requestAnimationFrame(step)
      }),
    )
    const sorted = seen.frames.slice(1).sort((x, y) => x - y)
    const slow = sorted[Math.floor(sorted.length * 0.95)]
    console.log(`${sorted.length} frames over ${seen.top} px: half below ${sorted[sorted.length >> 1].toFixed(1)} ms, 95 of 100 below ${slow.toFixed(1)} ms, the slowest ${sorted.at(-1).toFixed(1)} ms; at most ${seen.most} rows`)
    return slow < 34 && seen.most <= 80 ? '' : `${slow} ms, ${seen.most} rows`
  })
  await tried('of very many units nothing is said wrong', () => wrong.join('; '))
  await close()
} finally {
  await browser.close()
}
process.exit(count())
