// What people do with the pages: see run-all. Everybody's first password is in $BATON_FIRST; it is changed to $BATON_PASSWORD.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { base, count, launch, look, open, password, shoot, shown, signIn, tell, tried } from './browser.mjs'
import { league } from './league.mjs'

const first = Object.fromEntries(readFileSync(process.env.BATON_FIRST, 'utf8').trim().split('\n').map((line) => line.split(' ')))
const city = '/api/v1/assessments/yunlan-2021'
const headers = (page) => page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).csrf)
const texts = (page, selector) => page.$$eval(selector, (all) => all.map((one) => one.textContent.trim()))

// A write to the interface by whoever is signed in on the page.
async function write(page, path, body) {
  const csrf = await headers(page)
  return page.evaluate(
    async ([to, what, token]) => {
      const answer = await fetch(to, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': token, 'Idempotency-Key': crypto.randomUUID?.() ?? String(Math.random()) }, body: JSON.stringify(what) })
      return { status: answer.status, at: Date.now(), body: await answer.json() }
    },
    [path, body, csrf],
  )
}

async function firstSignIns(browser) {
  for (const person of Object.keys(first))
    await tried(`${person} signs in with a first password and has to change it`, async () => {
      const { page, wrong, close } = await open(browser, { language: person === 'wang.min' ? 'en' : 'zh' })
      await page.goto(base + '/')
      await page.fill('input[name=username]', person)
      await page.fill('input[name=password]', 'wrong-password-1')
      await page.click('button[type=submit]')
      await page.waitForSelector('[role=alert]')
      await page.fill('input[name=password]', first[person])
      await page.keyboard.press('Enter')
      await page.waitForSelector('input[name=new-password]')
      if (person === 'li.wei') await shoot(page, 'first-password-zh-1280')
      await page.fill('input[name=new-password]', password)
      await page.fill('input[name=new-password-again]', password + 'x')
      await page.click('button[type=submit]')
      await page.waitForSelector('[role=alert]')
      await page.fill('input[name=new-password-again]', password)
      await page.click('button[type=submit]')
      await page.waitForSelector('.shell')
      await shown(page)
      await close()
      return wrong.join('; ')
    })
}

// Every page, in both languages and on three widths: nothing said wrong, nothing serious found by axe, nothing wider than the screen.
async function everyPage(browser) {
  const ways = [
    { language: 'zh', width: 1280 },
    { language: 'en', width: 1280 },
    { language: 'zh', width: 1920, theme: 'dark' },
    { language: 'en', width: 390 },
    { language: 'zh', width: 390, theme: 'dark' },
  ]
  const pages = { table: '/table', numbers: '/table?numbers=1&group=zone', indicator: '/table?by=gdp_growth', unit: '/table?period=2021-08&unit=yunhu', brief: '/brief?period=2021-08', matrix: '/matrix?period=2021-08', meaning: '/indicator?period=2021-08&node=gdp_growth', none: '/table?filter=zzz', workshop: '/workshop', notices: '/notices', glossary: '/glossary', account: '/account' }
  for (const way of ways) {
    const at = `${way.language}-${way.width}${way.theme ? '-' + way.theme : ''}`
    const { page, wrong, close } = await open(browser, way)
    await page.goto(base + '/')
    await page.waitForSelector('input[name=username]')
    await shoot(page, `sign-in-${at}`)
    await tried(`nothing serious at signing in, ${at}`, () => look(page))
    await signIn(page, 'li.wei')
    for (const [name, path] of Object.entries(pages))
      await tried(`page ${name}, ${at}`, async () => {
        await page.goto(base + path)
        await shown(page)
        if (path.startsWith('/table')) await page.waitForSelector(name === 'none' ? '.state' : '.league tbody tr')
        if (name === 'unit') await page.waitForSelector('.detail')
        await page.waitForTimeout(500)
        await shoot(page, `${name}-${at}`)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        const serious = await look(page)
        return [wide > 0 ? `${wide} px wider than the screen` : '', serious, ...wrong.splice(0)].filter(Boolean).join('; ')
      })
    await close()
  }
}

async function leagueTable(browser) {
  const { page, wrong, close } = await open(browser)
  await signIn(page, 'li.wei', '/table?period=2021-08')
  await page.waitForSelector('.league tbody tr')
  const result = await page.evaluate(async (path) => (await fetch(path)).json(), `${city}/results/2021-08?rounded=1&group=district`)
  const units = result.groups[0].units
  await tried('the table says what the result says', async () => {
    const names = await texts(page, '.league tbody .unit')
    const totals = await texts(page, '.league tbody .total')
    const want = units.map((unit) => `${unit.name.zh} ${unit.score.toFixed(2)}`).join()
    const have = names.map((name, index) => `${name} ${totals[index]}`).join()
    return have === want ? '' : `${have} is not ${want}`
  })
  await tried('the course of the year has every month', async () => {
    await page.waitForFunction(() => document.querySelector('.spark')?.getAttribute('aria-label')?.includes('12月'))
    const label = await page.getAttribute('.spark', 'aria-label')
    return label.includes('2021年1月') && label.includes('2021年12月') ? '' : label
  })
  await tried('a column sorts, and the address says so', async () => {
    await page.click('.of-unit .sort')
    await page.waitForFunction(() => document.querySelector('th.of-unit').getAttribute('aria-sort') === 'ascending')
    const names = await texts(page, '.league tbody .unit')
    return names[0] === '云湖区' && page.url().includes('sort=unit') ? '' : `${names[0]} ${page.url()}`
  })
  await tried('an address brings the same view to a colleague', async () => {
    await page.goto(base + '/table?period=2021-07&group=zone&sort=-score&filter=' + encodeURIComponent('开发区'))
    await page.waitForSelector('.league tbody tr')
    const names = await texts(page, '.league tbody .unit')
    const tab = await page.textContent('.tabs [aria-current]')
    return tab.includes('开发区') && names.length > 0 && names.every((name) => name.includes('开发区')) ? '' : `${tab}: ${names}`
  })
  await tried('the search finds a unit and an indicator, by keyboard alone', async () => {
    await page.goto(base + '/table')
    await page.waitForSelector('.league tbody tr')
    await page.focus('.search-box input')
    await page.keyboard.type('科创新')
    await page.waitForSelector('.search-box [aria-selected=true]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.detail')
    const title = await page.textContent('.el-drawer__header')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => !location.search.includes('unit='))
    await page.focus('.search-box input')
    await page.keyboard.type('固定资产')
    await page.waitForSelector('.search-box [aria-selected=true]')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => location.search.includes('by='))
    return title.includes('澜湾科创新区') ? '' : title
  })
  await tried('a row opens by keyboard, and its parts add up to the total', async () => {
    await page.goto(base + '/table?period=2021-08')
    await page.waitForSelector('.league tbody tr')
    await page.focus('.league tbody .unit button')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.detail tbody tr')
    const points = units[0].nodes.filter((node) => node.level === 1 && node.points !== undefined).map((node) => node.points.toFixed(2))
    const have = (await page.$$eval('.detail table:first-of-type tbody tr', (rows) => rows.map((row) => row.cells[1].textContent))).filter((one) => /^\d/.test(one))
    return points.join() === have.slice(0, points.length).join() ? '' : `${have} is not ${points}`
  })
  await tried('the language changes on the spot, and with it the colours of rise and fall', async () => {
    await page.goto(base + '/table?period=2021-08')
    await page.waitForSelector('.rises')
    const colour = () => page.$eval('.rises', (one) => getComputedStyle(one).color)
    const red = await colour()
    await page.click('.me')
    await page.click('text=English')
    await page.waitForSelector('text=League table')
    const green = await colour()
    const names = await texts(page, '.league tbody .unit')
    return red !== green && names.includes('Yunhu District') && (await page.getAttribute('html', 'lang')) === 'en' ? '' : `${red} ${green} ${names}`
  })
  tell('the league table says nothing wrong', wrong.join('; '))
  await close()
}

// A fact that is accepted shows in another person's table without reading the page again.
async function live(browser) {
  const [office, leader] = [await open(browser), await open(browser)]
  await signIn(office.page, 'li.wei')
  await signIn(leader.page, 'zhou.jie', '/table?period=2021-12')
  await leader.page.waitForSelector('.league tbody tr')
  await leader.page.waitForSelector('.live .dot')
  await tried('facts move the table of somebody else, half of them within 300 ms', async () => {
    const took = []
    for (const unit of ['zehe', 'songyan', 'wanglan']) {
      // When the table changes is told by the page itself, when the fact was accepted by the answer: both by the clock of this machine.
      await leader.page.evaluate(() => {
        const first = document.querySelector('.league tbody').textContent
        window.changedAt = 0
        window.watching?.disconnect()
        window.watching = new MutationObserver(() => {
          if (document.querySelector('.league tbody').textContent !== first) window.changedAt ||= Date.now()
        })
        window.watching.observe(document.querySelector('.league'), { subtree: true, childList: true, characterData: true })
      })
      const said = await write(office.page, '/api/v1/facts', { assessment: 'yunlan-2021', facts: [{ kind: 'adjustment', fields: { unit, item: 'commended', period: '2021-12', reason: '受上级督查激励' } }] })
      if (said.status !== 201) return `${said.status} ${JSON.stringify(said.body).slice(0, 300)}`
      await leader.page.waitForFunction(() => window.changedAt > 0, null, { timeout: 10000 })
      took.push((await leader.page.evaluate(() => window.changedAt)) - said.at)
      await leader.page.waitForTimeout(1500) // what follows the total (blocks, grades) is read again by then
    }
    console.log(`changed totals showed ${took.join(', ')} ms after their facts were accepted`)
    return took.sort((x, y) => x - y)[1] > 300 ? took.join(', ') : ''
  })
  for (const one of [office, leader]) await one.close()
}

// Read from across a hall: at most twelve rows, names and ranks at least 1/22 of the height, contrast 7:1, nothing cut off.
async function lobby(browser) {
  for (const theme of ['light', 'dark'])
    for (const language of ['zh', 'en'])
      await tried(`the screen of a hall, ${language}, ${theme}`, async () => {
        const { page, wrong, close } = await open(browser, { width: 1920, theme, language })
        await signIn(page, 'zhou.jie', '/screen?period=2021-08')
        await page.waitForSelector('.lobby tbody tr')
        const seen = new Set()
        const found = []
        const screens = Number((await page.textContent('.lobby footer')).match(/\/ (\d+)/)[1])
        for (let number = 0; number < screens; number++) {
          await page.waitForTimeout(60)
          const look = await page.evaluate(() => {
            const channel = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
            const light = (colour) => {
              const [r, g, b] = colour.match(/\d+/g).map(Number)
              return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
            }
            const paper = light(getComputedStyle(document.querySelector('.lobby')).backgroundColor)
            const all = [...document.querySelectorAll('.lobby h1, .lobby p, .lobby th, .lobby td, .lobby td span, .lobby footer *')].filter((one) => one.textContent.trim() !== '')
            const contrast = Math.min(...all.map((one) => {
              const ink = light(getComputedStyle(one).color)
              return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)
            }))
            const rows = [...document.querySelectorAll('.lobby tbody tr')]
            const size = Math.min(...rows.flatMap((row) => [row.cells[0], row.cells[1]]).map((cell) => parseFloat(getComputedStyle(cell).fontSize)))
            const footer = document.querySelector('.lobby footer').getBoundingClientRect()
            const table = document.querySelector('.lobby table').getBoundingClientRect()
            return { title: document.querySelector('.lobby h1').textContent, rows: rows.length, names: rows.map((row) => row.cells[1].textContent), size, contrast, fits: footer.bottom <= innerHeight && table.bottom <= footer.top && table.right <= innerWidth }
          })
          look.names.forEach((name) => seen.add(name))
          if (look.rows > 12 || look.size < 1080 / 22 || look.contrast < 7 || !look.fits) found.push(JSON.stringify({ ...look, names: look.rows }))
          if (number === 0 || look.rows >= 10) await shoot(page, `screen-${number}-${language}-${theme}`)
          await page.keyboard.press('ArrowRight')
        }
        const serious = await look(page)
        await close()
        return [...found, serious, ...wrong, seen.size < 70 ? `only ${seen.size} units in ${screens} screens` : ''].filter(Boolean).join('; ')
      })
}

async function roles(browser) {
  await tried('a clerk sees totals of all, and blocks of their own unit only', async () => {
    const { page, wrong, close } = await open(browser)
    await signIn(page, 'zhao.qing', '/table?period=2021-08&unit=yunhu')
    await page.waitForSelector('.detail')
    const closed = await page.textContent('.detail')
    await shoot(page, 'clerk-zh-1280')
    await page.goto(base + '/table?period=2021-08&unit=jinting')
    await page.waitForSelector('.detail tbody tr')
    const bars = await page.$$eval('.league tbody tr', (rows) => rows.filter((row) => row.querySelector('.bar')).map((row) => row.querySelector('.unit').textContent.trim()))
    await close()
    return closed.includes('不含分项得分') && bars.join() === '锦汀区' && wrong.length === 0 ? '' : `${closed.slice(0, 80)} ${bars} ${wrong}`
  })
  await tried('the system administrator has no league table', async () => {
    const { page, close } = await open(browser)
    await signIn(page, 'chen.xi')
    await shown(page)
    await page.waitForSelector('.title h1')
    const sides = await texts(page, '.sides a')
    await shoot(page, 'system-administrator-zh-1280')
    await close()
    return sides.join().includes('大擂台') ? sides.join() : ''
  })
  await tried('who signs out is out, and nothing of theirs stays', async () => {
    const { context, page, close } = await open(browser)
    await signIn(page, 'li.wei')
    await page.waitForSelector('.league tbody tr')
    await page.click('.me')
    await page.click('text=退出登录')
    await page.waitForSelector('input[name=username]')
    const session = await page.evaluate(async () => (await fetch('/api/v1/session')).status)
    const kept = await page.evaluate(() => Object.keys(localStorage).filter((name) => !/^baton\.(language|theme|density|signs|tours)$/.test(name)).concat(Object.keys(sessionStorage)))
    const cookies = (await context.cookies()).filter((cookie) => cookie.value !== '')
    await close()
    return session === 401 && kept.length === 0 && cookies.length === 0 ? '' : `${session} ${kept} ${JSON.stringify(cookies)}`
  })
  await tried('a session that ended leads to signing in, and back', async () => {
    const { context, page, close } = await open(browser)
    await signIn(page, 'li.wei')
    await page.waitForSelector('.league tbody tr')
    await context.clearCookies()
    await page.click('.sides a[href^="/notices"]')
    await page.waitForSelector('input[name=username]')
    await page.fill('input[name=username]', 'li.wei')
    await page.fill('input[name=password]', password)
    await page.click('button[type=submit]')
    await page.waitForSelector('.shell')
    const at = new URL(page.url()).pathname
    await close()
    return at === '/notices' ? '' : at
  })
  await tried('an address that leads elsewhere is not followed after signing in', async () => {
    const { page, close } = await open(browser)
    await signIn(page, 'li.wei', '/sign-in?to=' + encodeURIComponent('//example.org/'))
    const at = page.url()
    await close()
    return at.startsWith(base) ? '' : at
  })
}

// What a browser that has nothing yet is sent until the league table stands, and how long that takes.
async function cold(browser) {
  const { context, page, close } = await open(browser)
  await signIn(page, 'li.wei')
  await page.waitForSelector('.league tbody tr')
  const state = await context.storageState()
  await close()
  await tried('a cold load is small, and quick two times of three', async () => {
    const took = []
    let most = 0
    for (let time = 0; time < 3; time++) {
      const fresh = await browser.newContext({ storageState: state })
      const again = await fresh.newPage()
      const cdp = await fresh.newCDPSession(again)
      let bytes = 0
      await cdp.send('Network.enable')
      cdp.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength))
      const begun = Date.now()
      await again.goto(base + '/table?group=dept_gov')
      await again.waitForSelector('.league tbody tr')
      took.push(Date.now() - begun)
      await again.waitForTimeout(300)
      await fresh.close()
      most = Math.max(most, bytes)
    }
    console.log(`first load: ${most} bytes, the table after ${took.join(', ')} ms`)
    return most > 0 && most <= 400 * 1024 && took.sort((x, y) => x - y)[1] <= 1000 ? '' : `${most} bytes, ${took} ms`
  })
}

// Kept names, policy and forms of what the server answers.
async function served() {
  const index = await fetch(base + '/table')
  const html = await index.text()
  const policy = index.headers.get('content-security-policy') ?? ''
  tell('the policy of a page lets nothing in from elsewhere', /default-src 'none'; script-src 'self'; style-src 'self';/.test(policy) && !policy.includes('unsafe') && policy.includes("frame-ancestors 'none'") ? '' : policy)
  tell('a page is asked for again', index.headers.get('cache-control') === 'no-cache' ? '' : index.headers.get('cache-control'))
  tell('nothing runs that stands in the page', /<script(?![^>]*src=)|<style|style=| on\w+=/.test(html) ? html : '')
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)[1]
  const file = await fetch(base + script, { headers: { 'Accept-Encoding': 'identity' } })
  tell('a file is kept for good', file.headers.get('cache-control') === 'public, max-age=31536000, immutable' ? '' : file.headers.get('cache-control'))
  const again = await fetch(base + script, { headers: { 'If-None-Match': file.headers.get('etag') } })
  tell('a file that is there already is not sent again', again.status === 304 ? '' : String(again.status))
  const bytes = Buffer.from(await file.arrayBuffer())
  const unpacked = Buffer.from(await (await fetch(base + script, { headers: { 'Accept-Encoding': 'br' } })).arrayBuffer())
  tell('compressed forms are the same file', unpacked.equals(bytes) && gzipSync(bytes).length < bytes.length ? '' : 'they differ')
  const nothing = await fetch(base + '/assets/nothing.js')
  tell('a file that there is not', nothing.status === 404 && (await nothing.json()).name === 'ROUTE_UNKNOWN' ? '' : String(nothing.status))
}

const browser = await launch()
try {
  await served()
  await firstSignIns(browser)
  await leagueTable(browser)
  await league(browser)
  await roles(browser)
  await lobby(browser)
  await live(browser)
  await cold(browser)
  if (!process.env.BATON_QUICK) await everyPage(browser)
} finally {
  await browser.close()
}
process.exit(count())
