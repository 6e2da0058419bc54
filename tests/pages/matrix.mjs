// The matrix of ranks: what stands in it, how it is sorted and filtered, what is taken along; by keyboard, and for whoever may not read it. Needs $BATON.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { count, launch, look, looks, open, pictured, screens, shoot, shown, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const A = '/assessments/yunlan-2021'
const MATRIX = '/matrix?period=2021-08&group=district'
const city = await serveCity()
useBase(city.base)
await client(city.base, city.first, 'chen.li') // first passwords are changed
const office = await client(city.base, city.first, 'li.wei')
const units = (await office('GET', `${A}/results/2021-08/matrix?group=district`)).body.groups[0].units
const tree = (await office('GET', A)).body.tree
const nameOf = (id) => tree.find((node) => node.id === id).name.zh
const same = (have, want) => (JSON.stringify(have) === JSON.stringify(want) ? '' : `${JSON.stringify(have)} is not ${JSON.stringify(want)}`)

async function begin(browser, to = MATRIX, how = {}, person = 'li.wei') {
  const here = await open(browser, how)
  await signIn(here.page, person, to)
  await here.page.waitForSelector('.matrix, .state')
  return here
}
const rowOf = (page, name) => page.$$eval('.matrix tbody tr', (rows, wanted) => rows.filter((row) => row.querySelector('.row-name').textContent === wanted).map((row) => [...row.cells].slice(1).map((cell) => cell.textContent.trim()))[0], name)
const heads = (page) => page.$$eval('.matrix .head-name', (all) => all.map((one) => one.textContent))

async function whole(browser) {
  const { page, wrong, close } = await begin(browser)
  await tried('each cell has the rank that the interface tells', async () => {
    const found = []
    for (const node of ['gdp_growth', 'accidents', 'economy']) {
      const want = units.map((unit) => unit.nodes.find((cell) => cell.node === node)).map((cell) => (cell ? String(cell.rank ?? '—') : '·'))
      found.push(same(await rowOf(page, nameOf(node)), want))
    }
    return [same(await heads(page), units.map((unit) => unit.name.zh)), ...found].filter(Boolean).join('; ')
  })
  await tried('tones follow the standing, and the number stands in each', async () => {
    const cells = await page.$$eval('.matrix td', (all) => all.map((cell) => [cell.className, cell.textContent.trim()]))
    const bare = cells.filter(([, text]) => text === '')
    const used = new Set(cells.map(([tone]) => tone.match(/tone-(-?\d)/)[1]))
    return bare.length > 0 || !['0', '2', '4'].every((tone) => used.has(tone)) ? `${bare.length} ${[...used]}` : ''
  })
  await tried('a column sorts the rows, a row sorts the columns, and the address says so', async () => {
    await page.click('.matrix tbody tr:has-text("生产安全事故死亡人数") .sort')
    await page.waitForFunction(() => new URL(location.href).searchParams.get('across') === 'accidents')
    const row = (await rowOf(page, nameOf('accidents'))).filter((text) => /\d/.test(text)).map(Number)
    const sorted = same(row, [...row].sort((x, y) => x - y))
    await page.click('.matrix thead th:nth-child(2) .sort')
    await page.waitForSelector('th[aria-sort=ascending]')
    const column = (await page.$$eval('.matrix tbody tr', (rows) => rows.map((one) => one.cells[1].textContent.trim()))).filter((text) => /\d/.test(text)).map(Number)
    return [sorted, same(column, [...column].sort((x, y) => x - y)), page.url().includes('sort=') ? '' : page.url()].filter(Boolean).join('; ')
  })
  await tried('only a block, only individual indicators', async () => {
    await page.goto(`${city.base}${MATRIX}&block=economy&kind=individual`)
    await page.waitForSelector('.matrix tbody tr')
    const have = await page.$$eval('.matrix .row-name', (all) => all.map((one) => one.textContent))
    const at = tree.findIndex((node) => node.id === 'economy')
    const behind = tree.findIndex((node, index) => index > at && node.level === 1)
    const there = new Set(units.flatMap((unit) => unit.nodes.map((cell) => cell.node)))
    const want = tree.slice(at, behind).filter((node) => node.leaf && node.individual && there.has(node.id)).map((node) => node.name.zh)
    const isUnitsDown = units.length >= want.length
    return same(isUnitsDown ? await heads(page) : have, want)
  })
  await tried('arrow keys go from cell to cell, and Enter opens why', async () => {
    await page.goto(city.base + MATRIX)
    await page.waitForSelector('.matrix tbody tr')
    await page.focus('.matrix a[data-row][tabindex="0"]')
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key)
    const label = await page.evaluate(() => document.activeElement.getAttribute('aria-label'))
    const tabbable = (await page.$$('.matrix a[data-row][tabindex="0"]')).length
    await page.keyboard.press('Enter')
    await page.waitForSelector('.why')
    const at = new URL(page.url())
    const title = await page.textContent('.why h2')
    const unit = units[1].name.zh
    return [label.startsWith(`${unit}，`) && title.startsWith(unit) && label.includes(title.split('：')[1]) ? '' : `${label} ${title}`, same(at.pathname, '/why'), same(tabbable, 1)].filter(Boolean).join('; ')
  })
  await tried('first column and head stay in view', async () => {
    await page.goto(`${city.base}${MATRIX}&down=units`)
    await page.waitForSelector('.matrix tbody tr')
    return page.evaluate(() => {
      const sheet = document.querySelector('.matrix-sheet')
      sheet.scrollTo(600, 0)
      const left = document.querySelector('.matrix tbody th').getBoundingClientRect().left - sheet.getBoundingClientRect().left
      return sheet.scrollLeft > 0 && left >= 0 && left < 3 ? '' : `${sheet.scrollLeft} ${left}`
    })
  })
  await tried('it is taken along as CSV and as a workbook', async () => {
    await page.goto(city.base + MATRIX)
    await page.waitForSelector('.matrix tbody tr')
    const found = []
    for (const [item, ending, sign] of [['CSV', 'csv', new RegExp(`^\\ufeff指标,${units.map((unit) => unit.name.zh).join(',')}\\r\\n总分,1,2,3`)], ['Excel', 'xlsx', /^PK/]]) {
      await page.click('.title .as-link')
      const waiting = page.waitForEvent('download')
      await page.click(`.el-dropdown-menu__item:visible:has-text("${item}")`)
      const file = await waiting
      const path = join(screens, `matrix.${ending}`)
      await file.saveAs(path)
      const text = readFileSync(path, ending === 'csv' ? 'utf8' : 'latin1')
      if (!sign.test(text) || !file.suggestedFilename().endsWith(`.${ending}`)) found.push(`${file.suggestedFilename()} ${text.slice(0, 80)}`)
    }
    return found.join('; ')
  })
  await tried('strengths and weaknesses are those of the interface', async () => {
    const have = await page.$$eval('.strong-weak tbody tr:first-child td', (cells) => cells.map((cell) => [...cell.querySelectorAll('a')].map((one) => one.textContent)))
    return same(have, [units[0].strengths.map(nameOf), units[0].weaknesses.map(nameOf)])
  })
  await tried('nothing was said wrong', () => wrong.join('; '))
  await close()
}

// Whoever reads figures of one unit only may not compare all of them.
async function clerk(browser) {
  await tried('a clerk is told that the matrix is not theirs to read', async () => {
    const { page, wrong, close } = await begin(browser, MATRIX, {}, 'chen.li')
    await page.waitForSelector('.state[role=alert]')
    const said = await page.textContent('.state')
    await shoot(page, 'matrix-forbidden-zh-1280')
    const serious = await look(page)
    await close()
    return [said.includes('无权查看') ? '' : said, serious, ...wrong].filter(Boolean).join('; ')
  })
}

async function ways(browser) {
  for (const how of looks)
    for (const down of ['nodes', 'units']) {
      const name = `matrix-${down}-${how.language}-${how.width}${how.theme ? '-dark' : ''}`
      await tried(`page ${name}`, async () => {
        const { page, wrong, close } = await begin(browser, `${MATRIX}&down=${down}`, how)
        await page.waitForSelector('.matrix tbody tr')
        await shown(page)
        return pictured({ page, wrong, close }, name)
      })
    }
}

const browser = await launch()
try {
  await whole(browser)
  await clerk(browser)
  await ways(browser)
} finally {
  await browser.close()
  await city.end()
}
process.exit(count())
