// The page of an indicator: what it means, ranks, course, spread, targets; where it leads and what leads to it. Needs $BATON.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { count, launch, look, open, pictured, screens, shoot, shown, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const A = '/assessments/yunlan-2021'
const PAGE = '/indicator?period=2021-08&group=district&node='
const city = await serveCity()
useBase(city.base)
await client(city.base, city.first, 'chen.li') // first passwords are changed
const office = await client(city.base, city.first, 'li.wei')
const words = (await office('GET', `${A}/indicators/gdp_growth`)).body
const units = (await office('GET', `${A}/results/2021-08?rounded=1&group=district&node=gdp_growth`)).body.groups[0].units
const same = (have, want) => (JSON.stringify(have) === JSON.stringify(want) ? '' : `${JSON.stringify(have)} is not ${JSON.stringify(want)}`)
async function begin(browser, to, how = {}, person = 'li.wei') {
  const here = await open(browser, how)
  await signIn(here.page, person, to)
  await here.page.waitForSelector('.indicator')
  return here
}
const browser = await launch()
try {
  const { page, wrong, close } = await begin(browser, `${PAGE}gdp_growth`)
  await page.waitForFunction(() => document.querySelectorAll('.indicator .dot').length >= 8)
  await tried('it says the clause, the formula, source and owner', async () => {
    const said = await page.textContent('.indicator')
    return [words.clause.text, words.method.told[0].text, words.source.name, words.verifier.name].filter((text) => !said.includes(text)).join('; ')
  })
  await tried('all units are ranked by it', async () => {
    const want = units.map((unit) => [unit, unit.nodes.find((one) => one.node === 'gdp_growth')]).sort((x, y) => x[1].rank - y[1].rank).map(([unit, row]) => [String(row.rank), unit.name.zh, row.score.toFixed(2)])
    return same(await page.$$eval('.ranks tbody tr', (rows) => rows.map((row) => [row.cells[0].textContent, row.cells[2].textContent, row.cells[4].textContent])), want)
  })
  await tried('the course goes back into the year before, and its chart and table are taken along', async () => {
    const found = []
    for (const [form, sign] of [['SVG', /^<svg [^>]*xmlns[^]*font-family="[^"]+[^]*stroke="rgb/], ['PNG', /^\x89PNG/], ['CSV', /^\ufeff周期,得分,组均值,位次\r\n2020-01,/]])
      for (const frame of form === 'CSV' ? ['.chart >> nth=0'] : ['.chart >> nth=0', '.chart >> nth=1']) {
        const waiting = page.waitForEvent('download')
        await page.click(`${frame} >> .chart-tools button:has-text("${form}")`)
        const path = join(screens, `indicator.${form.toLowerCase()}`)
        await (await waiting).saveAs(path)
        const text = readFileSync(path, form === 'PNG' ? 'latin1' : 'utf8')
        if (!sign.test(text)) found.push(`${form} ${frame} ${text.slice(0, 80)}`)
        if (form === 'SVG' && (await page.evaluate((svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror') !== null, text))) found.push('SVG does not parse')
      }
    return found.join('; ')
  })
  await tried('another unit is chosen by keyboard, and the address says so', async () => {
    await page.focus('.ranks tbody tr:nth-child(3) button')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('.ranks tbody tr:nth-child(3)').classList.contains('chosen'))
    return page.url().includes('unit=') ? '' : page.url()
  })
  await tried('a score leads to why, and back', async () => {
    await page.click('.ranks tbody tr:first-child td a')
    await page.waitForSelector('.why-figures')
    await page.click('.title a[href*="/indicator"]')
    await page.waitForSelector('.ranks')
    return page.url().includes('node=gdp_growth') ? '' : page.url()
  })
  await tried('targets and how far each is', async () => {
    await page.goto(`${city.base}${PAGE}food`)
    await page.waitForSelector('.ranks tbody tr')
    const cells = await page.$$eval('.ranks tbody tr', (rows) => rows.map((row) => [row.cells[3].textContent, row.cells[4].textContent, row.cells[5].textContent]))
    const bad = cells.filter(([value, target, gap]) => target !== '98' || (/\d/.test(value) && gap.includes('✓') !== Number(value) >= 98))
    return cells.length === 7 && bad.length === 0 ? '' : JSON.stringify(cells)
  })
  await tried('nothing was said wrong', () => wrong.join('; '))
  await close()
  await tried('a clerk reads what it means, and is told that the figures are not theirs', async () => {
    const here = await begin(browser, `${PAGE}gdp_growth`, {}, 'chen.li')
    await here.page.waitForSelector('.state')
    const said = await here.page.textContent('.indicator')
    await shoot(here.page, 'indicator-closed-zh-1280')
    const serious = await look(here.page)
    await here.close()
    return [said.includes(words.clause.text) ? '' : said.slice(0, 200), serious, ...here.wrong].filter(Boolean).join('; ')
  })
  for (const how of [{ language: 'zh', width: 1280 }, { language: 'en', width: 1280 }, { language: 'zh', width: 1920, theme: 'dark' }, { language: 'en', width: 390 }]) {
    const name = `indicator-${how.language}-${how.width}${how.theme ? '-dark' : ''}`
    await tried(`page ${name}`, async () => {
      const here = await begin(browser, `${PAGE}gdp_growth`, how)
      await here.page.waitForSelector('.indicator .dot')
      await shown(here.page)
      return pictured(here, name)
    })
  }
} finally {
  await browser.close()
  await city.end()
}
process.exit(count())
