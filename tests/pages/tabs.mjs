// Many tabs of one person: one stream for all of them, by HTTP/1.1, where a browser has six connections to a host; and notices as they come.
import { count, launch, open, shoot, signIn, tell, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const TABS = 8
const city = await serveCity({ people: [['wang.min', '王敏', 'committee'], ['xu.lan', '徐兰', 'unit', 'jinting']] })
useBase(city.base)
const browser = await launch()
try {
  const office = await client(city.base, city.first, 'li.wei')
  const committee = await client(city.base, city.first, 'wang.min')
  const clerk = await client(city.base, city.first, 'xu.lan')

  // A figure of Jinting is corrected, which changes its total of the month.
  const correct = async (value) => {
    const found = await office('GET', '/assessments/yunlan-2021/facts/observation/history?key=jinting,accidents,2021-08')
    const answer = await office('POST', `/entries/${found.body.items.at(-1).position}/correction`, { fields: { value: String(value) }, reason: '重新核实' })
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
    return (await office('GET', '/assessments/yunlan-2021/results/2021-08?unit=jinting&rounded=1')).body.groups[0].units[0].score
  }
  const shows = (page, score) => page.waitForFunction((text) => [...document.querySelectorAll('.league-row, tr, [role=row]')].some((row) => row.textContent.includes(text)), String(score), { timeout: 20_000 })
  const streams = { open: 0, most: 0, all: 0 }
  const isStream = (request) => request.url().includes('/api/v1/events')
  const first = await open(browser)
  first.context.on('request', (request) => {
    if (!isStream(request)) return
    streams.all++
    streams.most = Math.max(streams.most, ++streams.open)
  })
  const closed = (request) => isStream(request) && streams.open--
  first.context.on('requestfinished', closed)
  first.context.on('requestfailed', closed)
  const pages = [first.page]
  const live = (page) => page.waitForSelector('.dot', { timeout: 20_000 })

  await tried(`${TABS} tabs of one browser are all live, and go on asking`, async () => {
    await signIn(first.page, 'li.wei', '/table?a=yunlan-2021&period=2021-08&group=district')
    await live(first.page)
    while (pages.length < TABS) {
      const page = await first.context.newPage()
      pages.push(page)
      await page.goto(`${city.base}/table?a=yunlan-2021&period=2021-08&group=district`)
      await live(page)
    }
    return streams.open > 2 ? `${streams.open} streams` : ''
  })
  await tried('a figure that is corrected shows in each of them', async () => {
    const score = await correct(61)
    await Promise.all(pages.map((page) => shows(page, score)))
  })
  await tried('the tab that had the stream is closed, and the others go on', async () => {
    await pages.shift().close()
    const score = await correct(23)
    await Promise.all(pages.map((page) => shows(page, score)))
    await Promise.all(pages.map(live))
  })
  await tried('one that crashes takes nothing with it', async () => {
    const gone = pages.shift()
    await gone.goto('chrome://crash').catch(() => undefined)
    const score = await correct(47)
    await Promise.all(pages.map((page) => shows(page, score)))
  })
  await tried('two tabs of different periods have theirs', async () => {
    const [one, other] = pages
    await one.goto(`${city.base}/matrix?a=yunlan-2021&period=2021-07`)
    await other.goto(`${city.base}/screen?a=yunlan-2021&period=2021-08&group=district`)
    await other.waitForSelector('.lobby tbody tr')
    const score = await correct(35)
    await Promise.all([other, pages[2]].map((page) => shows(page, score)))
  })
  tell('nothing was wrong with them', first.wrong.join('; '))
  await first.context.close()

  const told = await open(browser)
  await tried('a notice that comes shows at the side within a second, in another tab, too', async () => {
    await signIn(told.page, 'xu.lan', '/table')
    await live(told.page)
    const second = await told.context.newPage()
    await second.goto(`${city.base}/notices`)
    await second.waitForSelector('.shell')
    await second.waitForFunction(() => !document.querySelector('.skeleton'))
    await new Promise((resolve) => setTimeout(resolve, 500))
    const said = await clerk('POST', '/facts', { assessment: 'yunlan-2021', facts: [{ kind: 'observation', fields: { unit: 'jinting', element: 'told', period: '2021', value: '1' } }], propose: true, reason: '补报' })
    if (said.status !== 201) return JSON.stringify(said.body)
    const answer = await committee('POST', `/proposals/${said.body.first}/decision`, { verdict: 'accepted' })
    if (answer.status !== 201) return JSON.stringify(answer.body)
    const begun = Date.now()
    await Promise.all([told.page, second].map((page) => page.waitForSelector('.sides .count', { timeout: 20_000, polling: 20 })))
    const took = Date.now() - begun
    console.log(`   ${took} ms after it was answered`)
    await second.waitForSelector('.notices li.unread')
    await shoot(second, 'notices-came')
    return ''
  })
  await tried('what is read in one tab is read in the other', async () => {
    const [page, second] = told.context.pages()
    await second.getByRole('button', { name: '全部标为已读' }).click()
    await second.waitForSelector('.sides .count', { state: 'detached' })
    await page.waitForSelector('.sides .count', { state: 'detached', timeout: 20_000 })
  })
  await told.close()

  const watched = await open(browser)
  await tried('an assessment that cannot be scored any more says so while it is watched, and no more when it can', async () => {
    await signIn(watched.page, 'li.wei', '/table?a=yunlan-2021&period=2021-08&group=district')
    await live(watched.page)
    if (await watched.page.$('.main > .said')) return 'it says so before'
    const said = await office('POST', '/facts', { assessment: 'yunlan-2021', facts: [{ kind: 'observation', fields: { unit: 'nobody', element: 'accidents', period: '2022-03', value: '1' } }] })
    if (said.status !== 201) return JSON.stringify(said.body)
    await watched.page.waitForFunction(() => document.querySelector('.main').textContent.includes('暂不能计分'), undefined, { timeout: 20_000 })
    await shoot(watched.page, 'table-unsound-zh-1280')
    const mended = await office('POST', `/entries/${said.body.first}/correction`, { withdraw: true, reason: '单位有误' })
    if (mended.status !== 201) return JSON.stringify(mended.body)
    await watched.page.waitForFunction(() => !document.querySelector('.main').textContent.includes('暂不能计分'), undefined, { timeout: 20_000 })
    return watched.wrong.join('; ')
  })
  await watched.close()
} finally {
  await browser.close()
  await city.end()
}
process.exitCode = count()
