// Why this score: the derivation from any cell, the clause, who reported, signed off and verified, the receipt, who is compared; and what is said where there is none. Needs $BATON.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { count, launch, look, looks, open, pictured, screens, shoot, shown, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const A = '/assessments/yunlan-2021'
const city = await serveCity()
useBase(city.base)
const people = {}
for (const person of ['li.wei', 'chen.li', 'zhao.qing', 'sun.wei']) people[person] = await client(city.base, city.first, person) // first passwords are changed
const office = people['li.wei']
const texts = (page, selector) => page.$$eval(selector, (all) => all.map((one) => one.textContent.trim()))
const same = (have, want) => (JSON.stringify(have) === JSON.stringify(want) ? '' : `${JSON.stringify(have)} is not ${JSON.stringify(want)}`)

async function begin(browser, to, how = {}, person = 'li.wei') {
  const here = await open(browser, how)
  await signIn(here.page, person, to)
  await here.page.waitForSelector('.why, .state h2')
  return here
}
async function done(asked) {
  const answer = await asked
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

// A figure of December that goes the whole way: drafted with evidence, signed off, submitted, verified, accepted.
async function collected(browser) {
  await done(office('POST', '/facts', { assessment: 'yunlan-2021', facts: [{ kind: 'period', fields: { period: '2021-12', opens: '2022-01-01', due: '2999-12-31' } }] }))
  const { page, close } = await open(browser)
  await signIn(page, 'chen.li', '/account')
  const digest = await page.evaluate(async (path) => {
    const { csrf } = await (await fetch('/api/v1/session')).json()
    const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'text/plain', 'X-CSRF-Token': csrf, 'Idempotency-Key': 'why-evidence' }, body: '规上工业增加值 780.5 亿元\n' })
    const body = await answer.json()
    return body.items?.[0]?.digest ?? body.digest ?? JSON.stringify(body)
  }, `/api/v1${A}/evidence?name=${encodeURIComponent('月报 12月.txt')}`)
  await close()
  const one = { unit: 'yunhu', element: 'industry_va' }
  const step = async (person, act, more = {}, reason) => {
    const item = (await people[person]('GET', `${A}/expected/2021-12?unit=yunhu&limit=1000`)).body.items.find((it) => it.element === 'industry_va')
    return done(people[person]('POST', `${A}/collection/2021-12`, { act, ...(reason ? { reason } : {}), items: [{ ...one, ...(item.report ? { at: item.report.at } : {}), ...more }] }))
  }
  await step('chen.li', 'draft', { value: '780.5', source: '统计月报 <b>初核</b>', evidence: [digest] })
  await step('zhao.qing', 'sign')
  await step('chen.li', 'submit')
  await step('sun.wei', 'verify')
  await step('li.wei', 'accept', {}, '年度核定')
}

async function derivation(browser) {
  await tried('a cell of the league table leads to its derivation, and steps lead on to the figures', async () => {
    const { page, wrong, close } = await open(browser)
    await signIn(page, 'li.wei', '/table?period=2021-08&numbers=1')
    await page.waitForSelector('.league tbody .cell-link')
    await page.click('.league tbody tr:nth-child(2) td:nth-of-type(4) .cell-link')
    await page.waitForSelector('.why')
    const block = await page.textContent('.why h2')
    await page.click('.why section table th a')
    await page.waitForSelector('.why-inputs')
    const leaf = await page.textContent('.why h2')
    await page.click('.trail a:nth-of-type(2)')
    await page.waitForFunction(() => /总分/.test(document.querySelector('.why h2')?.textContent ?? ''))
    const unit = new URL(page.url()).searchParams.get('unit')
    await close()
    return [block.includes('经济发展') && leaf.includes('地区生产总值增速') && unit ? '' : `${block} ${leaf} ${unit}`, ...wrong].filter(Boolean).join('; ')
  })
  const { page, wrong, close } = await begin(browser, '/why?period=2021-08&unit=yunhu&node=trade_growth')
  const said = (await office('GET', `${A}/results/2021-08/units/yunhu?node=trade_growth&words=1&clauses=1`)).body.explanation
  await tried('every sentence of the explanation stands there, with all its digits where they are asked for', async () => {
    await page.click('.with-tool .el-checkbox')
    await page.waitForFunction(() => location.search.includes('digits=1'))
    const walk = (line) => [...(line.text === undefined ? [] : [line.text]), ...(line.lines ?? []).flatMap(walk)]
    const have = await texts(page, '.steps .words')
    return same(have, walk(said))
  })
  await tried('the clause stands in its own words', async () => {
    const clause = said.lines.find((line) => line.kind === 'clause').clause
    const have = await page.textContent('.why-clause blockquote')
    return have.includes(clause.title) && have.includes(clause.text.slice(0, 60)) && have.includes(clause.file) ? '' : have.slice(0, 200)
  })
  await tried('everybody who is compared is a mark by value, this unit stands out, and the table says the same', async () => {
    const units = (await office('GET', `${A}/results/2021-08?group=district`)).body.groups[0].units
    const rows = units.map((unit) => [unit.name.zh, unit.nodes.find((node) => node.node === 'trade_growth')?.value]).sort((x, y) => y[1] - x[1])
    const marks = (await page.$$('.drawn .mark')).length
    const own = (await page.$$('.drawn .mark.own')).length
    await page.click('.chart-tools button')
    const table = await page.$$eval('.chart-table tbody tr', (all) => all.map((row) => row.cells[0].textContent))
    const chosen = await page.textContent('.chart-table tr.chosen th')
    return same([marks, own, table, chosen], [rows.length, 1, rows.map((row) => row[0]), '云湖区'])
  })
  await tried('a unit of the cohort that has the larger figure stands further right', async () => {
    const places = await page.$$eval('.drawn circle.mark', (all) => all.map((one) => [Number(one.querySelector('title').textContent.split(' ').pop().replace(/,/g, '')), Number(one.getAttribute('cx'))]))
    const sorted = [...places].sort((x, y) => x[0] - y[0]).map((one) => one[1])
    return places.length > 3 && sorted.every((x, index) => index === 0 || x >= sorted[index - 1]) ? '' : JSON.stringify(places)
  })
  await tried('nothing was said wrong', () => wrong.join('; '))
  await close()
}

async function inputs(browser) {
  await tried('a figure that was collected says who reported and verified it, that signing off is not for this reader, and its evidence', async () => {
    await collected(browser)
    const { page, wrong, close } = await begin(browser, '/why?period=2021-12&unit=yunhu&node=industry_growth')
    await page.waitForSelector('.inputs tbody tr')
    await page.waitForFunction(() => /陈丽/.test(document.querySelector('.inputs')?.textContent ?? ''))
    const row = (await page.$$eval('.inputs tbody tr', (all) => all.map((one) => [...one.cells].map((cell) => cell.textContent.trim())))).find((one) => one[2] === '780.5')
    await page.waitForSelector('.evidence a')
    const evidence = await page.textContent('.evidence')
    const whole = await page.textContent('.inputs')
    await shoot(page, 'why-collected-zh-1280')
    const serious = await look(page)
    await close()
    return [row && row[3].startsWith('陈丽') && row[4].startsWith('报送单位内部办理') && row[5].startsWith('孙伟') ? '' : String(row), evidence.includes('月报 12月.txt') ? '' : evidence, (whole).includes('统计月报 <b>初核</b>') ? '' : whole, serious, ...wrong].filter(Boolean).join('; ')
  })
  await tried('the receipt is shown and holds offline', async () => {
    const { page, wrong, close } = await begin(browser, '/why?period=2021-12&unit=yunhu&node=industry_growth')
    await page.click('.inputs .link-button')
    await page.waitForSelector('.receipt code')
    const root = await page.textContent('.receipt code')
    const waiting = page.waitForEvent('download')
    await page.click('.receipt a')
    const file = await waiting
    const path = join(screens, 'entry.receipt')
    await file.saveAs(path)
    const key = join(screens, 'city.pub')
    city.run('key', '-o', key)
    const held = execFileSync(process.env.BATON, ['verify', '--receipt', path, '--key', key, '--lang', 'en'], { encoding: 'utf8' })
    await close()
    return [/^[0-9a-f]{64}$/.test(root) && /holds/.test(held) && held.includes('industry_va') ? '' : `${root} ${held}`, ...wrong].filter(Boolean).join('; ')
  })
}

// After the figure above: its evidence belongs to December.
async function ofPeriod(browser) {
  await tried('the report card lists the evidence of its period, and of all periods when asked', async () => {
    const { page, wrong, close } = await open(browser)
    await signIn(page, 'li.wei', '/unit?period=2021-12&unit=yunhu')
    await page.waitForSelector('.card-evidence .evidence a')
    const own = await page.textContent('.card-evidence')
    await page.goto(`${city.base}/unit?period=2021-08&unit=yunhu`)
    await page.waitForSelector('.card-evidence p.quiet')
    const none = await page.textContent('.card-evidence')
    await page.click('.card-evidence .as-link')
    await page.waitForSelector('.card-evidence .evidence a')
    const all = await page.textContent('.card-evidence')
    const at = page.url()
    await close()
    return [own.includes('月报 12月.txt') ? '' : own, none.includes('月报 12月.txt') || !none.includes('本周期没有') ? none : '', all.includes('月报 12月.txt') ? '' : all, at.includes('evidence=all') ? '' : at, ...wrong].filter(Boolean).join('; ')
  })
}

async function live(browser) {
  await tried('a derivation follows a fact without reading the page anew', async () => {
    const { page, wrong, close } = await begin(browser, '/why?period=2021-12&unit=zehe')
    await page.waitForSelector('.live .dot')
    const before = await page.textContent('.why-figures .first dd')
    const says = await client(city.base, city.first, 'li.wei') // so many sessions of one person end the oldest
    await done(says('POST', '/facts', { assessment: 'yunlan-2021', facts: [{ kind: 'adjustment', fields: { unit: 'zehe', item: 'commended', period: '2021-12', reason: '受上级督查激励' } }] }))
    await page.waitForFunction((was) => document.querySelector('.why-figures .first dd')?.textContent !== was, before, { timeout: 15000 })
    const after = await page.textContent('.why-figures .first dd')
    await close()
    return [Number(after) > Number(before) ? '' : `${before} ${after}`, ...wrong].filter(Boolean).join('; ')
  })
}

async function without(browser) {
  await tried('what is not yet due says so', async () => {
    const { page, wrong, close } = await begin(browser, '/why?period=2021-08&unit=yunhu&node=satisfaction')
    const have = await page.textContent('.why-missing')
    await shoot(page, 'why-pending-zh-1280')
    const serious = await look(page)
    await close()
    return [have.includes('未到期') ? '' : have, serious, ...wrong].filter(Boolean).join('; ')
  })
  await tried('what others have is closed to a clerk, and said to be', async () => {
    const { page, wrong, close } = await begin(browser, '/why?period=2021-08&unit=yunhu&node=gdp_growth', {}, 'chen.li')
    const have = await page.textContent('.state')
    await shoot(page, 'why-closed-zh-1280')
    const serious = await look(page)
    await close()
    return [have.includes('您的任职不含云湖区的分项得分') ? '' : have, serious, ...wrong].filter(Boolean).join('; ')
  })
  await tried('an indicator that there is not', async () => {
    const { page, close } = await begin(browser, '/why?period=2021-08&unit=yunhu&node=nothing')
    const have = await page.textContent('.state')
    await close()
    return have.includes('没有这项指标') ? '' : have
  })
}

async function ways(browser) {
  for (const how of looks)
    for (const node of ['', 'economy', 'gdp_growth', 'major_projects']) {
      const name = `why-${node || 'total'}-${how.language}-${how.width}${how.theme ? '-dark' : ''}`
      await tried(`page ${name}`, async () => {
        const { page, wrong, close } = await begin(browser, `/why?period=2021-08&unit=jinting${node ? `&node=${node}` : ''}`, how)
        await page.waitForSelector('.drawn svg')
        await shown(page)
        await page.waitForTimeout(300)
        return pictured({ page, wrong, close }, name)
      })
    }
}

const browser = await launch()
try {
  await derivation(browser)
  await inputs(browser)
  await ofPeriod(browser)
  await live(browser)
  await without(browser)
  await ways(browser)
} finally {
  await browser.close()
  await city.end()
}
process.exit(count())
