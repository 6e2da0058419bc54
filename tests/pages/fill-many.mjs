// A sheet of 1,000 figures: what stands in the document, and how quick typing, going about and pasting are. Needs $BATON.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { count, launch, look, open, pictured, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const MORE = 10 // districts, so that one bureau, which reports all figures here, has more than 1,000
const city = await serveCity({
  edit: (folder) => {
    const change = (name, how) => writeFileSync(join(folder, name), how(readFileSync(join(folder, name), 'utf8').trimEnd().split('\n')).join('\n') + '\n')
    change('indicators.csv', (lines) => {
      const source = lines[0].split(',').indexOf('source')
      return lines.map((line, index) => {
        const cells = line.match(/("[^"]*"|[^,]*)(,|$)/g).map((cell) => cell.replace(/,$/, '')) // cells in quotes have commas
        if (index > 0 && cells[source] !== '') cells[source] = 'statistics'
        return cells.slice(0, lines[0].split(',').length).join(',')
      })
    })
    change('units.csv', (lines) => [...lines, ...Array.from({ length: MORE }, (_, index) => `new_${index},新设${index + 1}区,New District ${index + 1},district,city,区,${index + 20},2022-01-01,`)])
  },
})
useBase(city.base)
for (const person of ['chen.li']) await client(city.base, city.first, person)
const zhou = await client(city.base, city.first, 'zhou.yan')
const server = async () => {
  const items = []
  for (let next = '/assessments/yunlan-2021/expected/2022-01?reporter=statistics&limit=1000'; next; ) {
    const { body } = await zhou('GET', next)
    items.push(...body.items)
    next = body.next?.replace('/api/v1', '')
  }
  return items
}
const rows = (page) => page.$$eval('.fill-grid tbody tr.row', (all) => all.length)
const saved = (page) => page.waitForSelector('.saved-saved', { timeout: 60000 })
const here = (page) => page.$eval('.fill-grid tr.chosen', (row) => Number(row.getAttribute('aria-rowindex')) - 2)

const browser = await launch()
try {
  const { page, wrong, close } = await open(browser)
  await signIn(page, 'chen.li', '/fill?period=2022-01')
  const begun = Date.now()
  await page.waitForSelector('.fill-grid tbody tr.row')
  const all = (await server()).length
  await tried('a thousand figures are owed, and few of them stand in the document', async () => {
    const owed = Number(/应报\s*(\d+)/.exec(await page.textContent('.owed'))[1])
    const many = await rows(page)
    const elements = await page.evaluate(() => document.querySelectorAll('*').length)
    console.log(`${all} figures after ${Date.now() - begun} ms, ${many} rows and ${elements} elements in the document`)
    return owed >= 1000 && all === owed && many <= 80 ? '' : `${owed} of ${all}, ${many} rows`
  })
  await tried('Control and End go to the last one, Page Up back, and the cell has the focus', async () => {
    await page.locator('.fill-grid tbody tr.row').first().locator('td.cell').first().click()
    await page.keyboard.press('Control+End')
    await page.waitForFunction((last) => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex') === String(last + 2), all - 1)
    const at = await page.evaluate(() => { const { top, bottom } = document.activeElement.getBoundingClientRect(); const box = document.querySelector('.fill-sheet').getBoundingClientRect(); return top >= box.top && bottom <= box.bottom + 1 })
    await page.keyboard.press('PageUp')
    await page.waitForFunction((row) => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex') === String(row + 2), all - 13)
    await page.keyboard.press('Control+Home')
    await page.waitForFunction(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex') === '2')
    return at ? '' : 'it is out of sight'
  })
  await tried('typing in it is quick: the letter stands in the next picture', async () => {
    const took = []
    for (const letter of '1234567890') {
      const begun = Date.now()
      await page.keyboard.type(letter)
      await page.waitForFunction((end) => document.querySelector('.fill-grid input').value.endsWith(end), letter, { polling: 'raf' })
      took.push(Date.now() - begun)
    }
    await page.keyboard.press('Escape')
    const times = took.sort((x, y) => x - y)
    console.log(`a letter stood after ${times[Math.floor(times.length / 2)]} ms in the middle, ${times[times.length - 1]} ms at most`)
    return times[Math.floor(times.length / 2)] <= 100 ? '' : times.join()
  })
  await tried('a column of all figures is pasted, shown at once and saved', async () => {
    await page.keyboard.press('Control+Home')
    await page.waitForFunction(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex') === '2')
    const begun = Date.now()
    await page.$eval('.fill-grid input', (one, many) => { const data = new DataTransfer(); data.setData('text/plain', Array.from({ length: many }, (_, index) => String(100 + index)).join('\n')); one.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })) }, all)
    await page.waitForFunction(() => [...document.querySelectorAll('.fill-grid tbody tr.row td.cell')].some((one) => /^(\d|1,\d)/.test(one.querySelector('input')?.value ?? one.textContent)))
    const shown = Date.now() - begun
    await page.waitForSelector('.saved-saving, .saved-waiting, .saved-failed', { timeout: 5000 }).catch(() => undefined)
    await page.waitForFunction(() => document.querySelector('.saved-saved, .saved-failed') !== null, null, { timeout: 60000 })
    console.log(`${all} figures were shown ${shown} ms after they were pasted, and saved after ${Date.now() - begun} ms`)
    const now = await server()
    const missing = now.filter((one) => !one.report).length
    return [shown <= 1500 ? '' : `${shown} ms`, missing > 0 ? `${missing} without a draft: ${await page.textContent('.main').then((text) => text.slice(0, 300))}` : '', now[now.length - 1].report?.value === String(99 + all) || !now[now.length - 1].report ? '' : now[now.length - 1].report.value].filter(Boolean).join('; ')
  })
  await tried('one who tabs in while the cell is out of sight comes back to it', async () => {
    await page.keyboard.press('Control+Home')
    await page.waitForFunction(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex') === '2')
    await page.$eval('.fill-sheet', (one) => (one.scrollTop = 12000))
    await page.waitForSelector('.fill-sheet[tabindex="0"]')
    await page.focus('.fill-sheet')
    await page.waitForFunction(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex') === '2')
    return (await here(page)) === 0 ? '' : 'elsewhere'
  })
  await tried('a scripted scroll keeps its pictures coming', async () => {
    const frames = await page.$eval('.fill-sheet', (one) => new Promise((done) => {
      const took = []
      let last = performance.now()
      const end = last + 3000
      const step = (now) => {
        took.push(now - last)
        last = now
        one.scrollTop += 90
        if (now < end) requestAnimationFrame(step)
        else done(took.slice(2).sort((x, y) => x - y))
      }
      requestAnimationFrame(step)
    }))
    const most = frames[Math.floor(frames.length * 0.95)]
    const many = await rows(page)
    console.log(`of ${frames.length} pictures 95 of 100 took below ${most.toFixed(1)} ms, ${many} rows in the document`)
    return many <= 80 && most <= 100 ? '' : `${most} ms, ${many} rows`
  })
  await tried('nothing serious, and nothing was said wrong', async () => [await look(page), ...wrong].filter(Boolean).join('; '))
  await close()
  for (const how of [{ language: 'zh', width: 1280 }, { language: 'en', width: 390 }, { language: 'zh', width: 1920, theme: 'dark' }])
    await tried(`page fill-many-${how.language}-${how.width}`, async () => {
      const one = await open(browser, how)
      await signIn(one.page, 'chen.li', '/fill?period=2022-01')
      await one.page.waitForSelector('.fill-grid tbody tr.row')
      await one.page.$eval('.fill-sheet', (box) => (box.scrollTop = 4000))
      await one.page.waitForTimeout(500)
      return pictured(one, `fill-many-${how.language}-${how.width}`)
    })
} finally {
  await browser.close()
  await city.end()
}
process.exit(count())
