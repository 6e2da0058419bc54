// The choice of a method with its formula and its curve, where a method is tried (the page of an indicator): what is shown is what the server says, all of it by keyboard, and nothing of it is kept. Needs $BATON.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { count, launch, look, open, pictured, screens, shown, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const HOSTILE = '<img src=x onerror=alert(1)>\u202e𠮷😀'
const A = '/assessments/yunlan-2021'
const PAGE = '/indicator?period=2021-08&group=district&node='
const city = await serveCity({
  people: [['he.jun', '何军', 'committee']],
  edit: (folder) => {
    const path = join(folder, 'units.csv')
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^(zehe,)[^,]*/m, `$1${HOSTILE}`))
  },
})
useBase(city.base)
for (const person of ['chen.li', 'sun.wei', 'he.jun']) await client(city.base, city.first, person) // first passwords are changed
const office = await client(city.base, city.first, 'li.wei')
const curveOf = async (node, method) => (await office('POST', `${A}/indicators/${node}/curve`, { ...(method ? { method: JSON.stringify(method) } : {}), period: '2021-08', group: 'district' })).body
const same = (have, want) => (JSON.stringify(have) === JSON.stringify(want) ? '' : `${JSON.stringify(have).slice(0, 400)} is not ${JSON.stringify(want).slice(0, 400)}`)

async function begin(browser, node, how = {}, person = 'li.wei') {
  const here = await open(browser, how)
  await signIn(here.page, person, PAGE + node)
  await here.page.waitForSelector('.method-trial > summary')
  await here.page.focus('.method-trial > summary')
  await here.page.keyboard.press('Enter')
  await here.page.waitForSelector('.method-shown .said, .method-shown svg')
  return here
}
const told = (page) => page.$$eval('.method-told > p:not(.said):not(.quiet)', (lines) => lines.map((line) => line.textContent))
const tableOf = (page) => page.$$eval('.method-shown .chart-table tbody tr', (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)))
// Until the page has heard the newest answer and stands still.
async function settled(page, formula) {
  await page.waitForFunction((text) => document.querySelector('.method-shown').getAttribute('aria-busy') === 'false' && (!text || document.querySelector('.method-told').textContent.includes(text)), formula)
}
const byScore = (answer) => [...answer.among].sort((x, y) => y.score - x.score).map((one) => [one.name, one.x.toLocaleString('zh-CN', { maximumFractionDigits: 2 }), one.score.toFixed(2)])

const browser = await launch()
try {
  const { page, wrong, close } = await begin(browser, 'gdp_growth')
  const inForce = await curveOf('gdp_growth')
  await tried('the method in force: its words, its curve, everybody where they stand', async () => {
    const marks = await page.$$eval('.method-shown svg .mark', (all) => all.length)
    return [same(await told(page), inForce.method.told.map((one) => one.text)), same(await tableOf(page), byScore(inForce)), same(marks, inForce.among.length)].filter(Boolean).join('; ')
  })
  await tried('a name with markup and marks of direction is text', async () => ((await page.textContent('.method-shown')).includes(HOSTILE) && (await page.$('.method-shown img')) === null ? '' : 'it is not there'))
  await tried('a parameter is typed as offices write numbers, and the curve follows', async () => {
    await page.fill('.method-parameter input.number >> nth=0', '５０')
    await settled(page, '50+50×')
    const want = await curveOf('gdp_growth', { kind: 'range', low: 50, high: 100 })
    return [same(await told(page), want.method.told.map((one) => one.text)), same(await tableOf(page), byScore(want))].filter(Boolean).join('; ')
  })
  await tried('what is no number is said at its field, and the curve stays as it was', async () => {
    const before = await tableOf(page)
    await page.fill('.method-parameter input.number >> nth=0', 'fifty')
    const said = await page.textContent('.method-parameter .wrong')
    const older = await page.textContent('.method-shown')
    await page.waitForTimeout(600)
    return [said.includes('数字') ? '' : said, older.includes('修改前') ? '' : 'not marked as older', same(await tableOf(page), before), (await page.getAttribute('.method-parameter input.number >> nth=0', 'aria-invalid')) === 'true' ? '' : 'not invalid'].filter(Boolean).join('; ')
  })
  await tried('arrow keys go through the methods, each with its formula, while the curve follows', async () => {
    await page.fill('.method-parameter input.number >> nth=0', '60')
    await page.focus('.method-open')
    await page.keyboard.press('Enter')
    const formulas = await page.$$eval('.method-list label', (all) => all.filter((one) => one.querySelector('.formula')?.textContent.trim()).length)
    await page.focus('.method-list input:checked')
    const seen = []
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('ArrowDown')
      await page.waitForTimeout(20)
      seen.push(await page.$eval('.method-list input:checked', (one) => one.value.slice(5)))
    }
    return [same(formulas, 13), same(seen, ['zscore', 'rank', 'race', 'percentile', 'target', 'bands', 'levels', 'deduct', 'pass', 'direct', 'best', 'rule'])].filter(Boolean).join('; ')
  })
  await tried('bands begin at the quarters of the figures; a row more and a row less by keyboard', async () => {
    await page.click('.method-list input[value="kind:bands"]')
    await page.waitForSelector('.method-table tbody tr:nth-child(3)')
    await page.focus('.method-add')
    await page.keyboard.press('Enter')
    await page.keyboard.type('5')
    await page.keyboard.press('Tab')
    await page.keyboard.type('40')
    await settled(page, '[5, ')
    const table = await page.$$eval('.method-table tbody tr', (rows) => rows.map((row) => [...row.querySelectorAll('input')].map((input) => Number(input.value))))
    const want = await curveOf('gdp_growth', { kind: 'bands', table })
    const differs = same(await tableOf(page), byScore(want))
    await page.focus('.method-table tbody tr:nth-child(4) button')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelectorAll('.method-table tbody tr').length === 3)
    return [differs, same(table.length, 4), (await page.evaluate(() => document.activeElement.closest('.method-table') !== null)) ? '' : 'the focus is lost'].filter(Boolean).join('; ')
  })
  await tried('what the server finds wrong stands at the parameter, or beside the curve', async () => {
    await page.fill('.method-table tbody tr:nth-child(3) input >> nth=1', '90')
    await page.waitForSelector('.method-parameter .wrong')
    const at = await page.textContent('.method-parameter .wrong')
    await page.fill('.method-table tbody tr:nth-child(3) input >> nth=1', '60')
    await page.fill('.method-table tbody tr:nth-child(3) input >> nth=0', '9999')
    await page.waitForSelector('.method-shown .plain li, .method-parameter .wrong')
    await settled(page)
    return [at.includes('90') ? '' : at, (await page.$$('.method-choice .wrong, .method-shown .plain li')).length > 0 ? '' : 'nothing is said'].filter(Boolean).join('; ')
  })
  await tried('whoever comes back to a kind finds what they had set', async () => {
    await page.click('.method-list input[value="kind:rank"]')
    await page.click('.method-list input[value="kind:bands"]')
    await page.waitForSelector('.method-table')
    return same(await page.inputValue('.method-table tbody tr:nth-child(3) input >> nth=0'), '9999')
  })
  await tried('a formula is written in the editor of rules', async () => {
    await page.click('.method-list input[value="kind:rule"]')
    await page.waitForSelector('.rule-box')
    await page.click('.rule-box')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('clamp(10*x, 0, 100)')
    await settled(page, 'clamp')
    return same(await tableOf(page), byScore(await curveOf('gdp_growth', { kind: 'rule', score: 'clamp(10*x, 0, 100)' })))
  })
  await tried('a part of it has a name, which the formula sees', async () => {
    await page.click('.method-add')
    await page.keyboard.type('p')
    await page.click('.method-table .rule-box')
    await page.keyboard.type('5*x+40')
    await page.click('.rule-box >> nth=0')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('min(p, 95)')
    await settled(page, 'p＝')
    const differs = same(await tableOf(page), byScore(await curveOf('gdp_growth', { kind: 'rule', score: 'min(p, 95)', where: { p: '5*x+40' } })))
    await page.click('.method-table tbody button')
    await page.click('.rule-box >> nth=0')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('clamp(10*x, 0, 100)')
    await settled(page, 'clamp')
    return differs
  })
  await tried('the chart is taken along: the units, then the curve', async () => {
    const waiting = page.waitForEvent('download')
    await page.click('.method-shown .chart-tools button:has-text("CSV")')
    const path = join(screens, 'method.csv')
    await (await waiting).saveAs(path)
    const lines = readFileSync(path, 'utf8').trim().split('\r\n')
    const answer = await curveOf('gdp_growth', { kind: 'rule', score: 'clamp(10*x, 0, 100)' })
    return same([lines.length, lines.filter((line) => line.startsWith('曲线,')).length], [1 + answer.among.length + answer.points.length, answer.points.length])
  })
  await tried('and back to the method in force', async () => {
    await page.click('.method-trial .el-button')
    await settled(page, '60+40×')
    return same(await tableOf(page), byScore(inForce))
  })
  await tried('another unit is moved, another group looked at', async () => {
    await page.click('.method-whose .el-select >> nth=0')
    await page.click('.el-select-dropdown__item:has-text("开发区")')
    await page.waitForFunction(() => document.querySelector('.method-shown figcaption')?.textContent.includes('开发区'))
    const want = (await office('POST', `${A}/indicators/gdp_growth/curve`, { period: '2021-08', group: 'zone' })).body
    return want.among.length > 1 ? same(await tableOf(page), byScore(want)) : 'nobody is there'
  })
  await tried('nothing was said wrong', () => wrong.join('; '))
  await close()
  await tried('levels have a step for each code', async () => {
    const tree = (await office('GET', A)).body.tree.filter((node) => node.leaf)
    let answer, node
    for (node of tree) {
      answer = await curveOf(node.id)
      if (answer.codes && answer.among.length > 0) break
    }
    const here = await begin(browser, node.id)
    const rows = await tableOf(here.page)
    const steps = await here.page.$$eval('.method-shown svg .line.own', (all) => all.length)
    await here.close()
    return [same(rows.map((row) => row[1]).sort(), answer.among.map((unit) => unit.code).sort()), same([steps, answer.codes], [answer.points.length, true])].filter(Boolean).join('; ')
  })
  await tried('the committee looks at it too', async () => {
    const here = await begin(browser, 'gdp_growth', {}, 'he.jun')
    const rows = await tableOf(here.page)
    await here.close()
    return same(rows, byScore(inForce))
  })
  await tried('who does not read the figures of all units is told so, and sees the formula', async () => {
    const fact = (kind, fields) => ({ kind, fields })
    await office('POST', '/facts', { facts: [fact('person', { id: 'gu.fan', name: '顾凡' }), fact('post', { person: 'gu.fan', role: 'owner', unit: 'statistics', indicator: 'gdp_growth', from: '2020-01-01' })] })
    const { first_password: first } = (await office('POST', '/accounts', { person: 'gu.fan' })).body
    await client(city.base, { 'gu.fan': first }, 'gu.fan')
    const here = await begin(browser, 'gdp_growth', {}, 'gu.fan')
    const said = await here.page.textContent('.method-shown')
    const serious = await look(here.page)
    await here.close()
    return [said.includes('low + (high - low)') && said.includes('无权') ? '' : said, serious, ...here.wrong].filter(Boolean).join('; ')
  })
  await tried('a clerk is offered none of it', async () => {
    const here = await open(browser)
    await signIn(here.page, 'chen.li', `${PAGE}gdp_growth`)
    await here.page.waitForSelector('.indicator .state, .indicator .ranks')
    const there = await here.page.$('.method-trial')
    await here.close()
    return there ? 'it is there' : ''
  })
  for (const how of [{ language: 'zh', width: 1280 }, { language: 'en', width: 1280 }, { language: 'zh', width: 1920, theme: 'dark' }, { language: 'en', width: 390 }]) {
    const name = `method-${how.language}-${how.width}${how.theme ? '-dark' : ''}`
    await tried(`page ${name}`, async () => {
      const here = await begin(browser, 'gdp_growth', how)
      await here.page.click('.method-open')
      await here.page.click('.method-list input[value="kind:bands"]')
      await here.page.waitForSelector('.method-table')
      await settled(here.page, '∞')
      await here.page.evaluate(() => document.querySelector('.method-trial').scrollIntoView())
      return pictured(here, name)
    })
  }
} finally {
  await browser.close()
  await city.end()
}
process.exit(count())
