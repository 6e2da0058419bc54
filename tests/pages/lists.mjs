// The three lists: the same for whoever may not read the matrix as for the office; and persons in the search.
import { count, launch, look, open, shoot, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const city = await serveCity({ people: [['zhou.jie', '周洁', 'leader']], periods: [['2022-03', '2022-04-10']] })
useBase(city.base)
const browser = await launch()
const lists = async (page, path) => {
  await page.goto(city.base + path)
  await page.waitForSelector('.lists tbody tr')
  return page.$$eval('.lists section', (all) => all.map((one) => [...one.querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.textContent.trim()).join(' ')).join('\n')))
}
try {
  for (const who of ['li.wei', 'chen.li', 'zhou.jie']) await client(city.base, city.first, who)
  const office = await open(browser)
  const clerk = await open(browser)
  await tried('a clerk has the three lists that the office has, group by group', async () => {
    await signIn(office.page, 'li.wei', '/table')
    await signIn(clerk.page, 'chen.li', '/table')
    for (const group of ['district', 'zone', 'dept_gov', 'firm']) {
      const path = `/table?a=yunlan-2021&period=2021-08&group=${group}&list=three`
      const [theirs, own] = [await lists(office.page, path), await lists(clerk.page, path)]
      if (theirs.length !== 3 || theirs.join() !== own.join()) return `${group}: ${theirs.join(' | ')} but ${own.join(' | ')}`
    }
    await shoot(clerk.page, 'lists-clerk-zh-1280')
    return [await look(clerk.page), ...clerk.wrong].filter(Boolean).join('; ')
  })
  await tried('a clerk’s search finds units and indicators, and promises no persons', async () => {
    await clerk.page.goto(city.base + '/table?a=yunlan-2021&period=2021-08')
    const box = await clerk.page.waitForSelector('.search-box input')
    return (await box.getAttribute('placeholder')) === '查找考核对象或指标' ? '' : await box.getAttribute('placeholder')
  })
  await tried('the office’s search finds a person, and opens their posts', async () => {
    const { page } = office
    await page.goto(city.base + '/table?a=yunlan-2021&period=2021-08')
    await page.waitForSelector('.search-box input')
    await page.fill('.search-box input', '陈丽')
    await page.waitForSelector('.search-box [role=option]:has-text("填报")')
    await shoot(page, 'search-person-zh-1280')
    const serious = await look(page)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === '/people' && url.searchParams.get('person') === 'chen.li')
    return [serious, ...office.wrong].filter(Boolean).join('; ')
  })
  await tried('a leader’s search finds who answers for what is late, and opens that', async () => {
    const { page, wrong, close } = await open(browser, { language: 'en', width: 1280 })
    await signIn(page, 'zhou.jie', '/brief?a=yunlan-2021&period=2021-08')
    await page.waitForSelector('.search-box input')
    const late = await page.evaluate(async () => (await (await fetch('/api/v1/assessments/yunlan-2021/overdue')).json()).items.find((one) => one.persons.length > 0))
    if (!late) return 'nobody is late'
    await page.fill('.search-box input', late.persons[0].person)
    await page.waitForSelector('.search-box [role=option]:not([aria-disabled])')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.el-drawer')
    const unit = new URL(page.url()).searchParams.get('late')
    await close()
    return unit ? wrong.join('; ') : page.url()
  })
  await office.close()
  await clerk.close()
} finally {
  await browser.close()
  await city.end()
}
process.exitCode = count()
