// The tour of each role: offered once on its first page, taken by keyboard, and from the help at any time. Needs $BATON.
import { count, launch, look, open, pictured, shoot, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const more = [
  ['zhou.jie', '周洁', 'leader'],
  ['wang.min', '王敏', 'committee'],
  ['zheng.yu', '郑瑜', 'supervisor'],
  ['wu.gang', '吴刚', 'cadre'],
  ['feng.ping', '冯平', 'auditor'],
  ['chen.xi', '陈曦', 'system_admin'],
  ['chu.ning', '褚宁', 'security_admin'],
]
const city = await serveCity({ people: more, periods: [['2022-03', '2022-02-20']] })
useBase(city.base)
const persons = ['li.wei', 'chen.li', 'zhao.qing', 'sun.wei', ...more.map(([id]) => id)]
for (const person of persons) await client(city.base, city.first, person)
const clerk = await client(city.base, city.first, 'chen.li')
await clerk('POST', '/assessments/yunlan-2021/collection/2022-01', { act: 'draft', items: [{ unit: 'yunhu', element: 'industry_va', value: '58.1' }] })

const offer = '.tour-offer button'
const stepAt = (page) => page.textContent('.el-tour-indicators')
const title = (page) => page.textContent('.el-tour__content h2')

const browser = await launch()
try {
  for (const person of persons)
    for (const language of ['zh', 'en'])
      await tried(`${person} is shown around, ${language}`, async () => {
        const { page, wrong, close } = await open(browser, { language, width: language === 'en' ? 390 : 1280 })
        await signIn(page, person)
        await page.waitForSelector(offer)
        await page.focus(offer)
        await page.keyboard.press('Enter')
        await page.waitForSelector('.el-tour__content h2')
        const [, all] = (await stepAt(page)).match(/\d+/g).map(Number)
        const titles = []
        const found = []
        for (let step = 1; step <= all; step++) {
          await page.waitForFunction((at) => document.querySelector('.el-tour-indicators')?.textContent.match(/\d+/)[0] === String(at), step)
          titles.push(await title(page))
          await page.waitForTimeout(120)
          const box = await page.$eval('.el-tour__content', (one) => { const { left, right, top, bottom } = one.getBoundingClientRect(); return { left, right, top, bottom, width: innerWidth, height: innerHeight } })
          if (box.left < 0 || box.right > box.width || box.top < 0 || box.bottom > box.height) found.push(`step ${step} is off the screen: ${JSON.stringify(box)}`)
          if (step === 2) {
            found.push(await look(page))
            await shoot(page, `tour-${person}-${language}`)
          }
          if (step < all) await page.keyboard.press('ArrowRight')
        }
        await page.keyboard.press('ArrowLeft')
        await page.waitForFunction((at) => document.querySelector('.el-tour-indicators').textContent.match(/\d+/)[0] === String(at), all - 1)
        await page.keyboard.press('ArrowRight')
        await page.waitForFunction((at) => document.querySelector('.el-tour-indicators').textContent.match(/\d+/)[0] === String(at), all)
        await page.locator('.el-tour-buttons .el-button--primary').press('Enter')
        await page.waitForSelector('.el-tour__content', { state: 'detached' })
        await page.reload()
        await page.waitForSelector('.title h1')
        await page.waitForTimeout(200)
        if (await page.$(offer)) found.push('it is offered again')
        await close()
        if (all < 4 || all > 6) found.push(`${all} steps`)
        if (new Set(titles).size !== all) found.push(titles.join())
        return [...found, ...wrong].filter(Boolean).join('; ')
      })

  await tried('who declines is not asked again, somebody else at the same browser is, and it tells of neither', async () => {
    const { page, context, close } = await open(browser)
    await signIn(page, 'zhou.jie')
    await page.click(`${offer} >> nth=1`)
    await page.waitForSelector(offer, { state: 'detached' })
    await page.reload()
    await page.waitForSelector('.title h1')
    await page.waitForTimeout(200)
    const again = await page.$(offer)
    const kept = await page.evaluate(() => JSON.stringify(localStorage))
    await context.clearCookies()
    await signIn(page, 'wang.min')
    await page.waitForSelector(offer)
    await close()
    return [again ? 'asked again' : '', /zhou|wang|周|leader/.test(kept) ? kept : ''].filter(Boolean).join('; ')
  })
  await tried('the help of any page leads to the tour, Escape ends it, and the address is as before', async () => {
    const { page, close } = await open(browser)
    await signIn(page, 'zhou.jie', '/glossary')
    await page.click('.title .quiet-button')
    await page.click('.help .as-link')
    await page.waitForSelector('.el-tour__content h2')
    const at = new URL(page.url())
    await page.keyboard.press('Escape')
    await page.waitForSelector('.el-tour__content', { state: 'detached' })
    const left = new URL(page.url())
    await close()
    return at.pathname === '/brief' && at.search === '?tour=1' && left.search === '' ? '' : `${at} ${left}`
  })
  await tried('page tour-zh-1920-dark', async () => {
    const here = await open(browser, { width: 1920, theme: 'dark' })
    await signIn(here.page, 'chen.li', '/fill?tour=1')
    await here.page.waitForSelector('.el-tour__content h2')
    await here.page.keyboard.press('ArrowRight')
    await here.page.keyboard.press('ArrowRight')
    await here.page.waitForTimeout(300)
    return pictured(here, 'tour-zh-1920-dark')
  })
} finally {
  await browser.close()
  await city.end()
}
process.exit(count())
