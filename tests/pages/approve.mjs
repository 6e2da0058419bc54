// Signing off, verifying, returning and accepting: what an approver, a department and the office do with their queues. Needs $BATON.
import { count, launch, look, open, pictured, shoot, shown, signIn, tell, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const A = '/assessments/yunlan-2021'
const P = '2022-01'
const city = await serveCity()
useBase(city.base)
for (const person of ['zhao.qing', 'sun.wei', 'li.wei', 'zhou.yan']) await client(city.base, city.first, person) // first passwords are changed
const chen = await client(city.base, city.first, 'chen.li')
const server = async () => Object.fromEntries((await chen('GET', `${A}/expected/${P}?reporter=statistics&limit=1000`)).body.items.map((one) => [`${one.unit} ${one.element}`, one]))
const same = (have, want) => (JSON.stringify(have) === JSON.stringify(want) ? '' : `${JSON.stringify(have)} is not ${JSON.stringify(want)}`)
const rows = (page) => page.$$eval('.queue tbody tr', (all) => all.filter((row) => row.querySelector('input[type=checkbox]')).map((row) => row.textContent))
const stages = async (...keys) => { const now = await server(); return keys.map((key) => now[key].report?.stage) }

const drafted = await chen('POST', `${A}/collection/${P}`, {
  act: 'draft',
  items: [
    { unit: 'yunhu', element: 'industry_va', value: '58.1' },
    { unit: 'jinting', element: 'industry_va', value: '34.9' },
    { unit: 'wanglan', element: 'industry_va', value: '43600', note: '<img src=x onerror=alert(1)> 口径 \u202e变化 😀' },
    { unit: 'landong', element: 'industry_va', value: '48.8' },
    { unit: 'yunhu', element: 'retail', value: '38.4' },
    { unit: 'jinting', element: 'retail', value: '99999' },
    { unit: 'wanglan', element: 'retail', value: '29.8' },
    { unit: 'qingcen', element: 'industry_va', state: 'pending', note: '上级尚未反馈' },
  ],
})
if (drafted.status !== 201) throw new Error(JSON.stringify(drafted.body))

async function begin(browser, person, to, how = {}) {
  const here = await open(browser, how)
  await signIn(here.page, person, to)
  await here.page.waitForSelector('.queue tbody tr, .state')
  await shown(here.page)
  return here
}
const tick = (page, name) => page.locator('.queue tbody tr', { hasText: name }).first().locator('.el-checkbox').click()

const watches = (page, on) => page.evaluate((is) => Object.defineProperty(document, 'hidden', { value: !is, configurable: true }), on)

// A queue follows what others do, and what was chosen is what was seen.
async function followed(browser) {
  const { page, wrong, close } = await begin(browser, 'zhao.qing', '/sign')
  await tried('a draft that comes is there without reading the page anew', async () => {
    await page.waitForSelector('.live .dot')
    const done = await chen('POST', `${A}/collection/${P}`, { act: 'draft', items: [{ unit: 'songyan', element: 'retail', value: '21.5' }, { unit: 'zehe', element: 'retail', value: '19.5' }] })
    if (done.status !== 201) return JSON.stringify(done.body)
    await page.waitForFunction(() => document.querySelector('.queue').textContent.includes('21.5'), null, { timeout: 20000 })
    return ''
  })
  await tried('what was chosen and changes meanwhile is chosen no more, and it says so', async () => {
    await tick(page, '21.5')
    await tick(page, '19.5')
    const now = (await server())['songyan retail'].report
    await chen('POST', `${A}/collection/${P}`, { act: 'draft', items: [{ unit: 'songyan', element: 'retail', value: '22.5', at: now.at }] })
    await page.waitForFunction(() => document.querySelector('.queue').textContent.includes('22.5'), null, { timeout: 20000 })
    const told = await page.textContent('.said[role=status]')
    const chosen = await page.$$eval('.queue tr.chosen', (all) => all.map((one) => one.textContent))
    await shoot(page, 'sign-moved-zh-1280')
    return told.includes('1 项他人已先行办理') && chosen.length === 1 && chosen[0].includes('19.5') ? '' : `${told} ${chosen}`
  })
  tell('following says nothing wrong', wrong.join('; '))
  await close()
}

async function sign(browser) {
  const { page, wrong, close } = await begin(browser, 'zhao.qing', '/sign')
  await tried('an approver finds the drafts, with what is odd marked', async () => {
    const all = await rows(page)
    const marked = await page.$$eval('.queue .marked', (cells) => cells.length)
    await shoot(page, 'sign-zh-1280')
    return all.length === 8 && marked > 0 && all.some((one) => one.includes('暂不出数')) ? '' : `${marked} ${all.join(' | ')}`
  })
  await tried('a figure opens by keyboard, and its note is text', async () => {
    await page.locator('.queue tbody tr', { hasText: '43,600' }).locator('.link').focus()
    await page.keyboard.press('Enter')
    await page.waitForSelector('.facts')
    const note = await page.textContent('.facts')
    const serious = await look(page)
    await shoot(page, 'sign-open-zh-1280')
    await page.keyboard.press('Enter')
    return [note.includes('<img src=x onerror=alert(1)>') ? '' : note, serious].filter(Boolean).join('; ')
  })
  await tried('signing many: what somebody else went on with meanwhile is told beside it, and the others go', async () => {
    await watches(page, false) // before the page hears of it
    const seen = (await server())['jinting retail'].report
    await chen('POST', `${A}/collection/${P}`, { act: 'draft', items: [{ unit: 'jinting', element: 'retail', value: '31.5', at: seen.at }] })
    await page.click('thead .el-checkbox')
    await page.click('text=审签 8 项')
    await page.waitForSelector('.said')
    const told = await page.textContent('.queue p[role=alert]')
    await shoot(page, 'sign-refused-zh-1280')
    const before = await stages('yunhu industry_va', 'jinting retail')
    await watches(page, true)
    await page.click('text=审签 7 项')
    await page.waitForSelector('.help[role=status]')
    await page.waitForSelector('text=已审签 7 项')
    return (told.includes('chen.li') && told.includes('31.5') ? '' : told) || same([before, await stages('yunhu industry_va', 'yunhu retail', 'wanglan industry_va', 'jinting retail', 'qingcen industry_va')], [['draft', 'draft'], ['signed', 'signed', 'signed', 'draft', 'signed']])
  })
  await tried('what is signed off is submitted', async () => {
    await page.waitForFunction(() => document.querySelectorAll('.queue tbody tr').length === 8)
    await page.click('thead .el-checkbox')
    await page.click('text=报送 7 项')
    await page.waitForSelector('text=已报送 7 项')
    return same(await stages('yunhu industry_va', 'jinting retail'), ['submitted', 'draft'])
  })
  tell('signing off says nothing wrong', wrong.join('; '))
  await close()
}

async function check(browser) {
  const { page, wrong, close } = await begin(browser, 'sun.wei', '/check')
  await tried('a department finds what was submitted, checks beside', async () => {
    const all = await rows(page)
    await shoot(page, 'check-zh-1280')
    return all.length === 7 && all.every((one) => /未校验|符合|说明|暂不出数/.test(one)) ? '' : all.join(' | ')
  })
  await tried('one is returned, with what has to be changed', async () => {
    await tick(page, '43,600')
    await page.click('.tools button:has-text("退回")')
    await page.waitForSelector('.el-dialog textarea')
    const isShut = await page.locator('.el-dialog footer button').last().isDisabled()
    await page.fill('.el-dialog textarea', '单位应为亿元')
    await page.waitForTimeout(400)
    await shoot(page, 'check-return-zh-1280')
    const serious = await look(page)
    await page.locator('.el-dialog footer button').last().click()
    await page.waitForSelector('text=已退回 1 项')
    const now = (await server())['wanglan industry_va'].report
    return [isShut ? '' : 'it may be returned without a reason', same([now.stage, now.reason, now.by], ['returned', '单位应为亿元', 'sun.wei']), serious].filter(Boolean).join('; ')
  })
  await tried('the others are verified together', async () => {
    await page.waitForFunction(() => document.querySelectorAll('.queue tbody tr').length === 6)
    await page.click('thead .el-checkbox')
    await page.click('text=审核通过 6 项')
    await page.waitForSelector('text=已审核 6 项')
    await page.waitForSelector('.state')
    return same(await stages('yunhu industry_va', 'jinting industry_va'), ['verified', 'verified'])
  })
  tell('checking says nothing wrong', wrong.join('; '))
  await close()
}

async function accept(browser) {
  await tried('the office accepts many, and they are figures', async () => {
    const { page, wrong, close } = await begin(browser, 'li.wei', '/check')
    await shoot(page, 'accept-zh-1280')
    await page.click('text=选中无异常的')
    await page.click('thead .el-checkbox')
    await page.click('.tools .el-button--primary')
    await page.waitForSelector('.help[role=status]')
    const office = await client(city.base, city.first, 'li.wei')
    const now = Object.fromEntries((await office('GET', `${A}/expected/${P}?reporter=statistics&limit=1000`)).body.items.map((one) => [`${one.unit} ${one.element}`, one]))
    await close()
    return [same([now['yunhu industry_va'].state, now['yunhu industry_va'].report.stage, now['yunhu industry_va'].figure?.value], ['given', 'accepted', '58.1']), ...wrong].filter(Boolean).join('; ')
  })
}

// A queue with figures in it, as it is looked at.
async function full(browser, page, person) {
  for (const how of [{ language: 'en', width: 390 }, { language: 'zh', width: 390, theme: 'dark' }, { language: 'zh', width: 1920, theme: 'dark' }, { language: 'en', width: 1280 }]) {
    const at = `${page}-full-${how.language}-${how.width}${how.theme ? '-dark' : ''}`
    await tried(`page ${at}`, async () => {
      const here = await begin(browser, person, `/${page}`, how)
      await here.page.waitForSelector('.queue tbody tr')
      await here.page.locator('.queue .link').first().click()
      await here.page.waitForTimeout(300)
      return pictured(here, at)
    })
  }
}

// What has come to the office from vacant posts.
async function fallen(browser) {
  await tried('the office is told what has fallen on it, by unit, with what to do next', async () => {
    const { page, wrong, close } = await begin(browser, 'li.wei', '/check')
    await page.waitForSelector('.fallen li')
    const office = await client(city.base, city.first, 'li.wei')
    const all = []
    for (let next = `${A}/waiting?mine=1&limit=1000`; next; ) {
      const { body } = await office('GET', next)
      all.push(...body.items)
      next = body.next?.replace('/api/v1', '')
    }
    const want = all.filter((one) => one.vacant || ['except', 'correct', 'return'].includes(one.act)).length
    if (await page.$('.fallen > .as-link')) await page.click('.fallen > .as-link')
    const have = (await page.$$eval('.fallen summary', (lines) => lines.map((one) => Number(/(\d+) 项/.exec(one.textContent)[1])))).reduce((sum, one) => sum + one, 0)
    await page.focus('.fallen summary')
    await page.keyboard.press('Enter')
    const names = await page.textContent('.fallen details[open] p')
    const line = await page.textContent('.fallen details[open] summary')
    const serious = await look(page)
    await shoot(page, 'check-fallen-zh-1280')
    await close()
    return [same(have, want), want > 100 ? '' : `only ${want}`, names.length > 10 ? '' : names, line.includes('空缺') && line.includes('请补任') ? '' : line, serious, ...wrong].filter(Boolean).join('; ')
  })
}

async function ways(browser) {
  for (const [name, person, path] of [['sign', 'zhao.qing', '/sign'], ['check', 'li.wei', '/check']])
    for (const how of [{ language: 'en', width: 1280 }, { language: 'zh', width: 1920, theme: 'dark' }, { language: 'en', width: 390 }]) {
      const at = `${name}-${how.language}-${how.width}${how.theme ? '-dark' : ''}`
      await tried(`page ${at}`, async () => {
        const { page, wrong, close } = await begin(browser, person, path, how)
        await page.waitForTimeout(300)
        return pictured({ page, wrong, close }, at)
      })
    }
}

const browser = await launch()
try {
  await full(browser, 'sign', 'zhao.qing')
  await sign(browser)
  await full(browser, 'check', 'sun.wei')
  await check(browser)
  await accept(browser)
  await followed(browser)
  await fallen(browser)
  await ways(browser)
} finally {
  await browser.close()
  await city.end()
}
process.exit(count())
