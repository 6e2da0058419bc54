// The leader's page: what changed and why, what is late, who answers; in one screen of a phone. Needs $BATON.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { count, launch, look, looks, open, pictured, shoot, shown, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const A = '/assessments/yunlan-2021'
const people = [['zhou.jie', '周洁', 'leader'], ['wu.gang', '吴刚', 'cadre']]
const late = [['2022-03', '2022-02-20']] // a period whose figures are all late
const same = (have, want) => (JSON.stringify(have) === JSON.stringify(want) ? '' : `${JSON.stringify(have)} is not ${JSON.stringify(want)}`)
const texts = (page, selector) => page.$$eval(selector, (all) => all.map((one) => one.textContent.trim()))

async function begin(browser, person, to, how = {}) {
  const here = await open(browser, how)
  await signIn(here.page, person, to)
  await here.page.waitForSelector('.brief .lines .why')
  await shown(here.page)
  return here
}

async function changed(browser, leader) {
  const [now, then] = await Promise.all(['2021-08', '2021-07'].map(async (period) => (await leader('GET', `${A}/results/${period}?rounded=1`)).body.groups.flatMap((group) => group.units)))
  const moved = now.map((unit) => [unit, then.find((one) => one.id === unit.id)]).filter(([is, was]) => is.rank && was?.rank && is.rank !== was.rank)
  const { page, wrong, close } = await begin(browser, 'zhou.jie', '/brief?period=2021-08&all=moved')
  await tried('all whose rank moved are told, with their place', async () => {
    const want = moved.map(([is, was]) => `${is.name.zh} ${was.rank > is.rank ? '▲' : '▼'}${Math.abs(was.rank - is.rank)} 第 ${is.rank} 位，共 ${is.of} 个`).sort()
    const have = (await page.$$eval('#brief-moved >> xpath=../.. >> .lines a', (rows) => rows.map((row) => `${row.querySelector('.name').textContent} ${row.querySelector('.change [aria-hidden]').textContent} ${row.querySelector('.end').textContent}`))).sort()
    const said = Number(await page.textContent('.brief-said strong'))
    return same(have, want) || (said === want.length && want.length > 10 ? '' : `${said} of ${want.length}`)
  })
  await tried('why: the change of the total, and the indicator that did most of it', async () => {
    await page.waitForFunction((count) => [...document.querySelectorAll('.brief .lines .why')].filter((one) => /主要是|因其他|总分/.test(one.textContent)).length >= count, moved.length)
    const found = []
    for (const [is, was] of moved) {
      const way = was.rank > is.rank ? 1 : -1
      const points = is.score - was.score
      const line = page.locator('.lines a', { hasText: is.name.zh }).first()
      const why = await line.locator('.why').textContent()
      const sign = (value) => (Math.abs(value) < 0.005 ? '0.00' : `${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`)
      // In these two months all indicators have the same shares, so that what an indicator did is the change of its points, but for their rounding.
      const leaves = is.nodes.filter((one) => one.level === 2 && one.points !== undefined).map((one) => ({ id: one.node, by: (one.points - (was.nodes.find((old) => old.node === one.node)?.points ?? NaN)) * way })).filter((one) => one.by >= 0.005)
      const most = Math.max(...leaves.map((one) => one.by))
      const good = points * way < 0.005 ? why.includes('因其他对象变动') : leaves.length === 0 ? why === `总分 ${sign(points)}` : [-0.01, 0, 0.01].some((by) => why.includes(sign(most * way + by))) && why.includes('主要是')
      if (!good || !why.includes(sign(points))) found.push(`${is.name.zh}: ${why}, ${sign(points)} ${sign(most * way)}`)
    }
    return found.slice(0, 3).join('; ')
  })
  await tried('a line opens the report card with what moved, by keyboard', async () => {
    await page.focus('.brief .lines a')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.card-moves')
    return new URL(page.url()).pathname === '/unit' && page.url().includes('compare=2021-07') ? '' : page.url()
  })
  await tried('nothing was said wrong', () => wrong.join('; '))
  await close()
}

async function overdue(browser, leader) {
  const { body } = await leader('GET', `${A}/overdue`)
  const { page, wrong, close } = await begin(browser, 'zhou.jie', '/brief?period=2021-08&all=late')
  await tried('each unit that is late is told, with how many figures', async () => {
    const have = await page.$$eval('#brief-late >> xpath=../.. >> .lines a', (rows) => rows.map((row) => [row.querySelector('.name').textContent, Number(/\d+/.exec(row.querySelector('.end').textContent)[0])]))
    return same(have, body.items.map((one) => [one.name.zh, one.count])) || (body.figures > 100 ? '' : `only ${body.figures}`)
  })
  await tried('who answers: the approver by name, and on whom it falls where the post is vacant', async () => {
    const lines = await page.$$eval('#brief-late >> xpath=../.. >> .lines a', (rows) => Object.fromEntries(rows.map((row) => [row.querySelector('.name').textContent, row.querySelector('.why').textContent])))
    return same([lines['市统计局'], lines['市财政局']], ['负责：审签人 赵青', '负责：考核办 李伟（审签人空缺）'])
  })
  await tried('a line opens the late figures, Escape closes them, and the address says so', async () => {
    await page.locator('.brief .lines a', { hasText: '市统计局' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForSelector('.late-figures tbody tr')
    const figures = (await page.$$eval('.late-figures tbody tr', (rows) => rows.map((row) => Number(row.cells[3].textContent)))).reduce((sum, one) => sum + one, 0)
    const at = page.url()
    const serious = await look(page)
    await shoot(page, 'brief-late-zh-1280')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => !location.search.includes('late=statistics'))
    return [same(figures, body.items.find((one) => one.reporter === 'statistics').count), at.includes('late=statistics') ? '' : at, serious, ...wrong].filter(Boolean).join('; ')
  })
  await close()
  await tried('a data owner is told the post, and no name', async () => {
    const here = await begin(browser, 'sun.wei', '/brief?period=2021-08&all=late')
    const said = await here.page.textContent('.brief')
    await here.close()
    return said.includes('负责：审签人') && !said.includes('赵青') ? '' : said.slice(0, 200)
  })
  await tried('a cadre is told that what comes in is not theirs to see', async () => {
    const here = await begin(browser, 'wu.gang', '/brief?period=2021-08')
    await here.page.waitForSelector('text=您的任职不含填报情况')
    const rows = (await texts(here.page, '.lines .why')).filter((one) => one.startsWith('总分')).length
    await here.close()
    return rows > 0 ? '' : 'no ranks'
  })
}

async function live(browser, office) {
  await tried('a fact moves the list without reading the page anew', async () => {
    const { page, wrong, close } = await begin(browser, 'zhou.jie', '/brief?period=2021-12&all=moved')
    await page.waitForSelector('.live .dot')
    const before = await page.textContent('.brief')
    const units = (await office('GET', `${A}/results/2021-12?rounded=1&group=district`)).body.groups[0].units
    const last = units[units.length - 1]
    for (let i = 0; i < 6; i++) await office('POST', '/facts', { assessment: 'yunlan-2021', facts: [{ kind: 'adjustment', fields: { unit: last.id, item: 'commended', period: '2021-12', reason: `第 ${i} 次` } }] })
    await page.waitForFunction(([was, name]) => document.querySelector('.brief').textContent !== was && document.querySelector('.brief').textContent.includes(name), [before, last.name.zh], { timeout: 15000 })
    await close()
    return wrong.join('; ')
  })
}

// What answers the three questions stands on the first screen of a phone.
const onScreen = (page) =>
  page.evaluate(() => {
    const low = document.querySelector('.sides').getBoundingClientRect().top
    const lines = [...document.querySelectorAll('.brief .lines a')].map((one) => one.getBoundingClientRect())
    const small = lines.filter((one) => one.height < 44).length
    return [document.querySelector('.main').scrollTop === 0 ? '' : 'it is scrolled', lines.length >= 6 ? '' : `${lines.length} lines`, ...lines.filter((one) => one.bottom > low).map((one) => `a line ends at ${Math.round(one.bottom)}, the screen at ${Math.round(low)}`), small > 0 ? `${small} lines below 44 px` : ''].filter(Boolean).join('; ')
  })

const browser = await launch()
const city = await serveCity({ people, periods: late })
try {
  useBase(city.base)
  for (const person of ['zhao.qing', 'sun.wei', 'wu.gang']) await client(city.base, city.first, person)
  const [leader, office] = [await client(city.base, city.first, 'zhou.jie'), await client(city.base, city.first, 'li.wei')]
  await tried('it is the first page of a leader', async () => {
    const { page, close } = await begin(browser, 'zhou.jie', '/')
    const at = new URL(page.url()).pathname
    await close()
    return at === '/brief' ? '' : at
  })
  await changed(browser, leader)
  await overdue(browser, leader)
  for (const language of ['zh', 'en'])
    await tried(`the essentials stand on one screen of a phone, ${language}`, async () => {
      const { page, close } = await begin(browser, 'zhou.jie', '/brief?period=2021-08', { language, width: 390 })
      await page.waitForTimeout(400)
      const found = await onScreen(page)
      await close()
      return found
    })
  for (const how of looks) {
    const name = `brief-${how.language}-${how.width}${how.theme ? '-dark' : ''}`
    await tried(`page ${name}`, async () => {
      const here = await begin(browser, 'zhou.jie', '/brief?period=2021-08', how)
      await here.page.waitForTimeout(400)
      return pictured(here, name)
    })
  }
  await live(browser, office)
} finally {
  await city.end()
}

// Names that are no names: of a unit and of whoever answers.
const hostile = '<img src=x onerror=alert(1)>\u202e名😀𠮷'
const strange = await serveCity({
  people: [...people, ['he.jing', hostile, 'approver', 'finance']],
  periods: late,
  edit: (folder) => {
    const path = join(folder, 'units.csv')
    const renamed = { finance: hostile, zone_bonded: '长'.repeat(10000) }
    writeFileSync(path, readFileSync(path, 'utf8').split('\n').map((line) => {
      const [id, , ...rest] = line.split(',')
      return renamed[id] ? [id, renamed[id], ...rest].join(',') : line
    }).join('\n'))
  },
})
try {
  useBase(strange.base)
  for (const person of ['zhou.jie', 'he.jing']) await client(strange.base, strange.first, person)
  for (const width of [1280, 390])
    await tried(`names with markup and of any length are texts, at ${width}`, async () => {
      const here = await begin(browser, 'zhou.jie', '/brief?period=2021-08', { width })
      await here.page.waitForTimeout(400)
      const said = await here.page.textContent('.brief')
      const found = [said.split(hostile).length === 3 ? '' : said.slice(0, 300), said.includes('长'.repeat(10000)) ? '' : 'no long name', width === 390 ? await onScreen(here.page) : '', await here.page.$('.brief img') ? 'markup' : '']
      found.push(await pictured(here, `brief-hostile-zh-${width}`))
      return found.filter(Boolean).join('; ')
    })
} finally {
  await browser.close()
  await strange.end()
}
process.exit(count())
