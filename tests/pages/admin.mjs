// The administration, and one's own account: the auditor's journal with its proofs, audit records, verification; who of the three administrators sees what. Needs $BATON.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { count, launch, look, looks, open, pictured, screens, shoot, shown, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const admins = [['feng.ping', '冯平', 'auditor'], ['wang.min', '王敏', 'committee'], ['chen.xi', '陈曦', 'system_admin'], ['chu.ning', '褚宁', 'security_admin']] // the last one ends the office's standing in
const city = await serveCity({ people: admins })
useBase(city.base)
const ask = {}
for (const person of ['li.wei', 'sun.wei', ...admins.map(([id]) => id)]) ask[person] = await client(city.base, city.first, person) // first passwords are changed
const text = (page, selector) => page.textContent(selector)
const texts = (page, selector) => page.$$eval(selector, (all) => all.map((one) => one.textContent.trim()))
const same = (have, want) => (JSON.stringify(have) === JSON.stringify(want) ? '' : `${JSON.stringify(have)} is not ${JSON.stringify(want)}`)
// What axe finds once everything has come to rest.
const looked = async (page) => {
  await page.waitForTimeout(500)
  return look(page)
}
const hostile = '<img src=x onerror=alert(1)> \u202e反\u202c 🏅𠮷 {{ 1 + 1 }} ' + '长'.repeat(1900)

async function begin(browser, to, person, how = {}) {
  const here = await open(browser, how)
  await signIn(here.page, person, to)
  await shown(here.page)
  return here
}
async function kept(page, click, name) {
  const waiting = page.waitForEvent('download')
  await page.click(click)
  const path = join(screens, name)
  await (await waiting).saveAs(path)
  return path
}

async function journal(browser) {
  const said = await ask['li.wei']('POST', '/facts', { assessment: 'yunlan-2021', facts: [{ kind: 'adjustment', fields: { unit: 'yunhu', item: 'honour', period: '2021-08', level: 'city', reason: hostile } }] })
  if (said.status !== 201) throw new Error(JSON.stringify(said.body))
  const number = said.body.first
  const { page, wrong, close } = await begin(browser, '/journal', 'feng.ping')
  await page.waitForSelector('.journal tbody tr')
  await tried('the journal has a hundred entries a page, the newest first, as the interface tells them', async () => {
    const want = (await ask['feng.ping']('GET', '/entries?limit=100')).body.items
    const have = await page.$$eval('.journal tbody tr', (rows) => rows.map((row) => [row.cells[0].textContent, row.cells[2].textContent]))
    return same(have, want.map((one) => [String(one.position), one.words]))
  })
  await tried('older and newer pages are reached by keyboard, and stand in the address', async () => {
    const first = await text(page, '.journal tbody tr:first-child th')
    await page.focus('.pager button:has-text("更早的")')
    await page.keyboard.press('Enter')
    await page.waitForFunction((before) => document.querySelector('.journal tbody tr th')?.textContent !== before, first)
    const second = await text(page, '.journal tbody tr:first-child th')
    const inAddress = /before=\d+/.test(page.url())
    await page.focus('.pager button:has-text("较新的")')
    await page.keyboard.press('Enter')
    await page.waitForFunction((before) => document.querySelector('.journal tbody tr th')?.textContent === before, first)
    return Number(second) < Number(first) && inAddress && !/before=/.test(page.url()) ? '' : `${first} ${second} ${page.url()}`
  })
  await tried('a number leads to the middle of it, and the page has no more rows than before', async () => {
    await page.fill('.of-number input', '14236')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.entry')
    const rows = await page.$$eval('.journal tbody tr', (all) => all.length)
    return rows === 100 && (await text(page, '.journal tbody tr:first-child th')) === '14236' ? '' : `${rows} rows`
  })
  await tried('an entry opens with its receipt, every step of which the page checks itself', async () => {
    await page.click('.proof button')
    await page.waitForSelector('.verdict-line')
    const signs = await texts(page, '.steps .sign')
    return (await page.$('.verdict-line.holds')) && signs.length === 6 && signs.every((one) => one === '✓') ? '' : `${signs} ${await text(page, '.proof')}`
  })
  await tried('the receipt that is handed out is what the command verifies', async () => {
    const path = await kept(page, '.proof button:has-text("下载")', 'admin.receipt')
    const told = execFileSync(process.env.BATON, ['verify', '--receipt', path], { encoding: 'utf8' })
    return told.includes('14236') ? '' : told
  })
  await tried('a receipt that somebody changed on the way does not hold', async () => {
    await page.route('**/entries/14236/receipt', async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, body: (await answer.text()).replace(/leaf: ./, (line) => line.slice(0, -1) + (line.endsWith('0') ? '1' : '0')) })
    })
    await page.click('.proof button:has-text("重新")')
    await page.waitForSelector('.verdict-line.fails')
    await page.unroute('**/entries/14236/receipt')
    await shoot(page, 'journal-fails-zh-1280')
    const serious = await look(page)
    return [serious, same(await texts(page, '.steps .failed > span:nth-child(2)'), ['记录的摘要计算无误', '摘要经 15 步归入凭证的根'])].filter(Boolean).join('; ')
  })
  await tried('and neither does an entry that the server shows otherwise than it is', async () => {
    await page.route('**/entries/14235', async (route) => {
      const answer = await route.fetch()
      const told = await answer.json()
      await route.fulfill({ response: answer, json: { ...told, fields: { ...told.fields, value: '999999' } } })
    })
    await page.click('.entry button:has-text("上一号")')
    await page.waitForFunction(() => document.querySelector('.entry')?.textContent.includes('999999'))
    await page.click('.proof button')
    await page.waitForSelector('.verdict-line.fails')
    await page.unroute('**/entries/14235')
    return same(await texts(page, '.steps .failed > span:nth-child(2)'), ['回执中的记录与上列内容逐字相同'])
  })
  await tried('Escape closes it', async () => {
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => !location.search.includes('entry='))
    return ''
  })
  await tried('it is filtered by kind, assessment, person and day', async () => {
    await page.goto(`${city.base}/journal?kind=unit&assessment=yunlan-2021&actor=li.wei&to=2999-12-31`)
    await page.waitForSelector('.journal tbody tr')
    const want = (await ask['feng.ping']('GET', '/entries?limit=100&kind=unit&assessment=yunlan-2021&actor=li.wei')).body.items.map((one) => String(one.position))
    const have = await texts(page, '.journal tbody th')
    await page.goto(`${city.base}/journal?to=2000-01-01`)
    await page.waitForSelector('.state h2')
    return same(have, want) || ((await text(page, '.state')).includes('没有相符的记录') ? '' : await text(page, '.state'))
  })
  await tried('hostile texts show as text and make the page no wider', async () => {
    await page.goto(`${city.base}/journal?entry=${number}`)
    await page.waitForSelector('.entry-fields')
    await shoot(page, 'journal-hostile-zh-1280')
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.querySelector('.el-drawer__body').scrollWidth - document.querySelector('.el-drawer__body').clientWidth])
    return [(await text(page, '.entry-fields')).includes(hostile) ? '' : 'not as it was said', Math.max(...wide) > 0 ? `wider by ${wide}` : '', (await page.$('.entry img')) ? 'an image' : ''].filter(Boolean).join('; ')
  })
  await tried('a number that there is not says so', async () => {
    await page.goto(`${city.base}/journal?entry=99999999`)
    await page.waitForSelector('.el-drawer .state')
    return (await text(page, '.el-drawer .state')).includes('99999999') ? '' : await text(page, '.el-drawer .state')
  })
  await tried('nothing was said wrong on the journal', () => wrong.join('; '))
  await close()
}

async function audit(browser) {
  const { page, wrong, close } = await begin(browser, '/audit', 'feng.ping')
  await page.waitForSelector('.audit tbody tr')
  await tried('audit records say what the interface says', async () => {
    await page.goto(`${city.base}/audit?person=li.wei&event=sign_in`)
    await page.waitForSelector('.audit tbody tr')
    const want = (await ask['feng.ping']('GET', '/audit?limit=100&person=li.wei&event=sign_in')).body.items
    const have = await page.$$eval('.audit tbody tr', (rows) => rows.map((row) => [row.cells[8].textContent, row.cells[1].textContent, row.cells[6].textContent]))
    return want.length > 0 ? same(have, want.map((one) => [String(one.position), '登录', one.address])) : 'none'
  })
  await tried('a record leads to its entry, which is proved as any other', async () => {
    await page.click('.audit tbody tr:first-child a')
    await page.waitForSelector('.entry')
    await page.click('.proof button')
    await page.waitForSelector('.verdict-line.holds')
    return ''
  })
  await tried('what is shown is taken along as CSV', async () => {
    await page.goto(`${city.base}/audit?event=sign_in`)
    await page.waitForSelector('.audit tbody tr')
    const lines = readFileSync(await kept(page, '.title .el-button', 'audit.csv'), 'utf8').trimEnd().split('\r\n')
    return lines[0].startsWith('\ufeff编号,时间,事项') && lines.length === 1 + (await page.$$('.audit tbody tr')).length ? '' : lines.slice(0, 2).join('|')
  })
  await tried('nothing was said wrong on audit records', () => wrong.join('; '))
  await close()
}

async function verify(browser) {
  const { page, wrong, close } = await begin(browser, '/verify', 'feng.ping')
  await page.waitForSelector('.whole-verify')
  let head = ''
  await tried('the newest head is handed out, and the command takes it', async () => {
    head = await kept(page, '.cards section:first-child .el-button', 'city.head')
    const told = city.run('verify', '--since', head)
    return told.includes(readFileSync(head, 'utf8').match(/size: (\d+)/)[1]) ? '' : told
  })
  await tried('a head that was kept is held against the journal, which was only added to', async () => {
    await ask['li.wei']('POST', '/facts', { facts: [{ kind: 'day', fields: { date: '2022-10-01', is: 'holiday' } }] })
    await page.setInputFiles('.kept-head input[type=file]', head)
    await page.waitForSelector('.kept-head .verdict-line')
    const said = await text(page, '.kept-head .verdict-line')
    return (await page.$('.kept-head .verdict-line.holds')) && /新增 [1-9]/.test(said) && (await texts(page, '.kept-head .sign')).length === 7 ? '' : said
  })
  await tried('one of a journal that says otherwise is told to be so', async () => {
    const other = readFileSync(head, 'utf8').replace(/root: (.)/, (_, digit) => `root: ${digit === '0' ? '1' : '0'}`)
    await page.fill('.kept-head textarea', other)
    await page.click('.kept-head button[type=submit]')
    await page.waitForSelector('.kept-head .verdict-line.fails')
    await shoot(page, 'verify-fails-zh-1280')
    return [await look(page), same(await texts(page, '.kept-head .steps .failed > span:nth-child(2)'), ['所存凭证的签名有效', '现账本包含所存凭证的全部记录'])].filter(Boolean).join('; ')
  })
  await tried('and what is no head, of another ledger or of more entries than there are', async () => {
    const said = []
    const whole = readFileSync(head, 'utf8')
    for (const one of ['hello', whole.replace('ledger: city', 'ledger: town'), whole.replace(/size: \d+/, 'size: 99999999')]) {
      await page.fill('.kept-head textarea', one)
      await page.click('.kept-head button[type=submit]')
      await page.waitForSelector('.kept-head .said')
      said.push(await text(page, '.kept-head .said'))
    }
    return [/这不是凭证/, /town/, /回退/].every((want, i) => want.test(said[i])) ? '' : said.join('|')
  })
  await tried('all of it is verified, by keyboard, and the page may be left meanwhile', async () => {
    await page.focus('.whole-verify button')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => !document.querySelector('.whole-verify').textContent.includes('尚未核验'))
    await page.goto(`${city.base}/journal`)
    await page.waitForSelector('.journal')
    await page.goto(`${city.base}/verify`)
    await page.waitForSelector('.whole-verify .verdict-line.holds', { timeout: 60000 })
    const told = await page.evaluate(async () => (await fetch('/api/v1/verify')).json())
    return same(Number((await text(page, '.whole-verify .counts dd')).replace(/,/g, '')), told.facts)
  })
  await tried('nothing was said wrong on verification', () => wrong.join('; '))
  await close()
}

async function people(browser) {
  const { page, wrong, close } = await begin(browser, '/people', 'chu.ning')
  await page.waitForSelector('.people tbody tr')
  const answers = async (path) => page.evaluate(async (at) => (await fetch('/api/v1' + at)).json(), path)
  const field = (label) => `.in-place input[aria-label="${label}"]`
  await tried('everybody is there with posts of today and account', async () => {
    const want = (await answers('/people?limit=1000')).items.map((one) => [one.name, one.id])
    const have = await page.$$eval('.people tbody tr', (rows) => rows.map((row) => [row.querySelector('th button').textContent, row.cells[1].textContent]))
    const states = await texts(page, '.people tbody td:last-child')
    const paged = []
    for (let next = '/people?limit=3'; next; ) {
      const list = await answers(next)
      paged.push(...list.items.map((one) => [one.name, one.id]))
      next = list.next?.replace('/api/v1', '')
    }
    return same(have, want) || same(paged, want) || (states.includes('待首次登录') && states.includes('正常') ? '' : states.join())
  })
  await tried('a person is registered by keyboard, with a hostile name that shows as text', async () => {
    await page.focus('.title .el-button')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.el-dialog .in-place')
    await page.focus(field('账号'))
    await page.keyboard.type('xu.hong')
    await page.keyboard.press('Tab')
    await page.keyboard.insertText('<b>许红</b> \u202e🏅')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.person .help')
    const title = await text(page, '.el-drawer__title')
    return [title === '<b>许红</b> \u202e🏅' ? '' : title, await looked(page)].filter(Boolean).join('; ')
  })
  await tried('a post is given, and what the ledger refuses is told', async () => {
    await page.click('.person-posts .el-button:has-text("新增任职")')
    await page.click('.in-place .el-select')
    await page.click('.el-select-dropdown__item:has-text("审计管理员") >> visible=true')
    await page.click('.in-place button[type=submit]')
    await page.waitForSelector('.person-posts .posts li')
    await page.click('.person-posts .el-button:has-text("新增任职")')
    await page.click('.in-place .el-select')
    await page.click('.el-select-dropdown__item:has-text("系统管理员") >> visible=true')
    await page.click('.in-place button[type=submit]')
    await page.waitForSelector('.in-place .said')
    await shoot(page, 'people-refused-zh-1280')
    const said = await text(page, '.in-place .said')
    await page.click('.in-place .el-button:has-text("取消")')
    const held = (await answers('/people?after=xu.hond&limit=1')).items[0].posts.map((post) => post.role)
    return [said.length > 10 ? '' : said, same(held, ['auditor'])].filter(Boolean).join('; ')
  })
  let first = ''
  await tried('an account is made; its first password is shown once', async () => {
    await page.click('.person-account .el-button:has-text("开立账号")')
    await page.waitForSelector('.first-password code')
    first = await text(page, '.first-password code')
    const serious = await looked(page)
    await page.click('.first-password .el-button')
    await page.waitForSelector('.first-password', { state: 'detached' })
    return [/^[a-z0-9]{16}$/.test(first) ? '' : 'no password', serious, (await page.content()).includes(first) ? 'it is there still' : ''].filter(Boolean).join('; ')
  })
  await tried('who got it signs in, is seen by sessions, and is out when that is ended', async () => {
    const held = await client(city.base, { 'xu.hong': first }, 'xu.hong')
    await page.reload()
    await page.waitForSelector('.person-account .posts li')
    await page.click('.person-account .el-button:has-text("结束全部会话")')
    await page.waitForFunction(() => document.querySelector('.person-account')?.textContent.includes('现无会话'))
    return (await held('GET', '/session')).status === 401 ? '' : 'still in'
  })
  await tried('what is grave asks for the password when that is long ago, and then goes on', async () => {
    let asked = 0
    await page.route('**/api/v1/accounts/xu.hong/reset', async (route) => (asked++ === 0 ? route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ name: 'SESSION_NOT_RAISED', detail: '须再次验证密码', status: 403 }) }) : route.continue()))
    await page.click('.person-account .el-button:has-text("重置密码")')
    await page.click('.el-message-box__btns .el-button--primary')
    await page.waitForSelector('#raise input[type=password]')
    await shoot(page, 'people-raise-zh-1280')
    const serious = await looked(page)
    await page.fill('#raise input[type=password]', 'not-my-password-7')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#raise .said')
    await page.fill('#raise input[type=password]', 'zongheng-kaohe-8')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.first-password code')
    await page.unroute('**/api/v1/accounts/xu.hong/reset')
    return [serious, asked === 2 ? '' : `asked ${asked} times`].filter(Boolean).join('; ')
  })
  await tried('a post is handed over on a day, and the other person has it from then on', async () => {
    await page.goto(`${city.base}/people?person=zhou.yan`)
    await page.click('.posts button:has-text("交接")')
    await page.fill(field('接任人账号'), 'xu.hong')
    await page.fill(field('理由'), '调任')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.in-place .said, .person-posts .help')
    const refused = await page.$('.in-place .said')
    if (refused) return text(page, '.in-place .said')
    const held = (await answers('/people?after=xu.hond&limit=1')).items[0].posts.map((post) => `${post.role} ${post.unit}`)
    return held.includes('unit statistics') ? '' : held.join()
  })
  await tried('a name is corrected with a reason, and an account closed', async () => {
    await page.goto(`${city.base}/people?person=xu.hong`)
    await page.click('.person button:has-text("更正姓名")')
    await page.fill(field('姓名'), '许红')
    await page.fill(field('理由'), '登记有误')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('.el-drawer__title')?.textContent === '许红')
    await page.click('.person-account .el-button:has-text("注销账号")')
    await page.waitForSelector('.el-message-box')
    const serious = await looked(page)
    await page.click('.el-message-box__btns .el-button--primary')
    await page.waitForSelector('.person-account .help')
    const left = (await answers('/accounts')).items.some((one) => one.person === 'xu.hong')
    return [serious, left ? 'the account is there' : ''].filter(Boolean).join('; ')
  })
  await tried('persons are found by what is typed, and the address says so', async () => {
    await page.goto(`${city.base}/people?find=许`)
    await page.waitForSelector('.people tbody tr')
    return same(await texts(page, '.people tbody th button'), ['许红'])
  })
  await tried('the auditor reads them and has nothing to press', async () => {
    const here = await begin(browser, '/people?person=xu.hong', 'feng.ping')
    await here.page.waitForSelector('.person-posts')
    const buttons = await texts(here.page, '.person button, .title .el-button')
    await here.close()
    return buttons.length === 0 ? '' : buttons.join()
  })
  await tried('nothing was said wrong on persons', () => wrong.join('; '))
  await close()
}

// Everybody has their own sessions and tokens on the page of their account.
async function own(browser) {
  const { page, wrong, close } = await begin(browser, '/account', 'sun.wei')
  await page.waitForSelector('.own-sessions .posts li')
  let token = ''
  const asks = (path) => fetch(`${city.base}/api/v1${path}`, { headers: { Authorization: `Bearer ${token}` } })
  await tried('a token is made by keyboard, told once, and works for a program within its role', async () => {
    await page.focus('.own-tokens .el-button')
    await page.keyboard.press('Enter')
    await page.focus('.in-place input[aria-label="用途"]')
    await page.keyboard.insertText('<i>每月报数</i>')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.own-tokens .first-password code')
    token = await text(page, '.own-tokens .first-password code')
    await shoot(page, 'account-token-zh-1280')
    const serious = await looked(page)
    const who = await (await asks('/session')).json()
    await page.click('.own-tokens .first-password .el-button')
    await page.waitForSelector('.own-tokens .first-password', { state: 'detached' })
    const row = await text(page, '.own-tokens .posts li')
    return [serious, who.person === 'sun.wei' && same(who.roles, ['owner']) === '' ? '' : JSON.stringify(who), row.includes('<i>每月报数</i>') ? '' : row, (await page.content()).includes(token) ? 'it is there still' : ''].filter(Boolean).join('; ')
  })
  await tried('what a token may not be is told', async () => {
    await page.click('.own-tokens > .el-button')
    await page.fill('.in-place input[aria-label="用途"]', 'a')
    await page.fill('.in-place input[aria-label="仅限单位"]', 'no/unit')
    await page.click('.in-place button[type=submit]')
    await page.waitForSelector('.own-tokens .said')
    await page.click('.in-place .el-button:has-text("取消")')
    return ''
  })
  await tried('revoked, it works no more', async () => {
    await page.click('.own-tokens .acts button')
    await page.click('.el-message-box__btns .el-button--primary')
    await page.waitForSelector('.own-tokens .help')
    const answer = await asks('/session')
    return answer.status === 401 ? '' : String(answer.status)
  })
  await tried('another session is seen and ended, and one is in still', async () => {
    const other = await client(city.base, city.first, 'sun.wei')
    await page.reload()
    await page.waitForSelector('.own-sessions .acts button')
    const agents = await texts(page, '.own-sessions .posts strong')
    await page.click('.own-sessions > .el-button')
    await page.waitForSelector('.own-sessions .help')
    return [agents.some((one) => one.startsWith('Chrome')) ? '' : agents.join(), (await other('GET', '/session')).status === 401 ? '' : 'the other is in', (await page.$$('.own-sessions .posts li')).length === 1 ? '' : 'not one left'].filter(Boolean).join('; ')
  })
  await tried('nothing was said wrong on one’s account', () => wrong.join('; '))
  await close()
}

// What takes a second person: seen by both, decided by the other.
async function proposals(browser) {
  const office = await client(city.base, city.first, 'li.wei')
  const proposed = []
  for (const [number, value] of [[14236, '1700.5'], [14237, '1'], [14238, '2']]) {
    const answer = await office('POST', `/entries/${number}/correction`, { fields: { value }, propose: true, reason: number === 14236 ? hostile : '统计口径调整' })
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
    proposed.push(answer.body.first)
  }
  const { page, wrong, close } = await begin(browser, '/proposals', 'wang.min')
  await page.waitForSelector('.proposals tbody tr')
  await tried('what waits is there, the newest first, and hostile reasons show as text', async () => {
    const numbers = await texts(page, '.proposals tbody th')
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    await shoot(page, 'proposals-hostile-zh-1280')
    return same(numbers.slice(0, 3), [...proposed].reverse().map(String)) || ((await text(page, '.proposals tbody')).includes(hostile) && wide <= 0 ? '' : `wider by ${wide}`)
  })
  await tried('one is accepted by keyboard, beside what is in force, and becomes a fact', async () => {
    await page.focus('.proposals tbody tr:has-text("1700.5") button')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => /现行[^]*1682\.68/.test(document.querySelector('.proposal')?.textContent ?? ''))
    const serious = await looked(page)
    await page.focus('.proposal .el-button--primary')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.main > .help[role=status]')
    const row = await office('GET', '/assessments/yunlan-2021/facts/observation/history?key=yunhu,gdp,2021-Q4')
    return [serious, row.body.items.at(-1).fields.value === '1700.5' ? '' : JSON.stringify(row.body.items.at(-1))].filter(Boolean).join('; ')
  })
  await tried('refusing takes a reason', async () => {
    await page.goto(`${city.base}/proposals?number=${proposed[1]}`)
    await page.waitForSelector('.proposal form')
    const refuse = '.proposal .el-button:has-text("不同意")'
    const before = await page.isDisabled(refuse)
    await page.fill('.proposal textarea', '依据不足')
    await page.click(refuse)
    await page.waitForSelector('.main > .help[role=status]')
    await page.click('.tabs button:has-text("不同意")')
    await page.waitForSelector('.proposals tbody tr')
    return before && (await texts(page, '.proposals tbody th')).includes(String(proposed[1])) ? '' : `${before} ${await texts(page, '.proposals tbody th')}`
  })
  await tried('nothing was said wrong on proposals', () => wrong.join('; '))
  await close()
  await tried('whoever proposed cannot decide, and takes it back', async () => {
    const here = await begin(browser, `/proposals?number=${proposed[2]}`, 'li.wei')
    await here.page.waitForSelector('.proposal form')
    const buttons = await texts(here.page, '.proposal .buttons button')
    await here.page.fill('.proposal textarea', '填报有误')
    await here.page.click('.proposal .buttons button')
    await here.page.waitForSelector('.main > .help[role=status]')
    await here.close()
    const state = (await office('GET', '/proposals?state=withdrawn')).body.items.map((one) => one.position)
    return [same(buttons, ['撤回提请']), state.includes(proposed[2]) ? '' : 'not taken back', ...here.wrong].filter(Boolean).join('; ')
  })
}

async function health(browser) {
  const { page, wrong, close } = await begin(browser, '/health', 'chen.xi')
  await page.waitForSelector('.server-figures tbody tr')
  await page.waitForSelector('.doctor tbody tr')
  await tried('the server is ready, and what it counts stands there in words', async () => {
    const rows = await page.$$eval('.server-figures tbody tr', (all) => all.map((row) => [row.cells[0].textContent, row.cells[1].textContent]))
    const counted = await page.evaluate(async () => (await fetch('/metrics')).text())
    const entries = counted.match(/^baton_journal_entries (\d+)$/m)[1]
    const told = rows.find(([name]) => name === '账本记录')?.[1].replace(/,/g, '')
    return (await page.$('.server-figures .verdict-line.holds')) && Math.abs(Number(told) - Number(entries)) < 5 ? '' : `${told} ${entries} ${await text(page, '.server-figures .verdict-line')}`
  })
  await tried('what the ledger stands on is told as the interface tells it', async () => {
    const want = await page.evaluate(async () => (await (await fetch('/api/v1/doctor', { headers: { 'Accept-Language': 'zh' } })).json()).found.map((one) => one.what))
    return same(await texts(page, '.doctor tbody th'), want)
  })
  await tried('a server that is not ready says why', async () => {
    await page.route('**/readyz', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ name: 'NOT_READY', detail: '存储发生故障', status: 503 }) }))
    await page.waitForSelector('.server-figures .verdict-line.fails', { timeout: 15000 })
    await page.unroute('**/readyz')
    return (await text(page, '.server-figures .verdict-line')).includes('存储发生故障') ? '' : await text(page, '.server-figures .verdict-line')
  })
  await tried('a backup goes to the disk, and the command makes a ledger of it that holds', async () => {
    const path = await kept(page, '.backup .button-link', 'city.journal')
    const again = join(screens, 'again.db')
    for (const end of ['', '-wal', '-shm']) rmSync(again + end, { force: true })
    const told = execFileSync(process.env.BATON, ['restore', path, again], { encoding: 'utf8' })
    for (const end of ['', '-wal', '-shm']) rmSync(again + end, { force: true })
    rmSync(path)
    return /verified|核验/.test(told) ? '' : told
  })
  await tried('when it was taken last is told from the audit', async () => {
    await page.waitForTimeout(1500) // it is written within a second
    await page.reload()
    await page.waitForFunction(() => document.querySelector('.backup')?.textContent.includes('最近一次下载'))
    return ''
  })
  await tried('nothing was said wrong on the state of the server', () => wrong.join('; '))
  await close()
}

// Each of the three administrators sees their own part only, in the list at the side and by address.
async function apart(browser) {
  const pages = { journal: ['feng.ping'], audit: ['feng.ping'], verify: ['feng.ping', 'chen.xi'], people: ['chu.ning'], health: ['chen.xi'] }
  for (const person of ['feng.ping', 'chen.xi', 'chu.ning', 'zhou.yan'])
    await tried(`${person} sees their own part only`, async () => {
      if (person === 'zhou.yan') await client(city.base, city.first, person)
      const { page, wrong, close } = await begin(browser, '/glossary', person)
      const found = []
      const sides = await page.$$eval('.sides a', (all) => all.map((one) => new URL(one.href).pathname.slice(1)))
      if (sides.length > 8) found.push(`${sides.length} at the side`)
      for (const [name, who] of Object.entries(pages)) {
        if (sides.includes(name) !== who.includes(person)) found.push(`${name} at the side`)
        await page.goto(`${city.base}/${name}`)
        await shown(page)
        await page.waitForSelector('.main h1, .main .state h2')
        const isClosed = (await page.$('.main > .state')) !== null
        const reads = who.includes(person) || (['people', 'health'].includes(name) && person === 'feng.ping') // the auditor reads everything
        if (isClosed === reads) found.push(`${name} is ${isClosed ? 'closed' : 'open'}`)
        if (isClosed && name === 'audit' && person === 'chu.ning') {
          await shoot(page, 'admin-closed-zh-1280')
          found.push(await look(page))
        }
      }
      await close()
      return [...found, ...wrong].filter(Boolean).join('; ')
    })
}

async function pictures(browser) {
  const views = [['journal', '/journal', 'feng.ping', '.journal'], ['entry', '/journal?before=14300&entry=14236', 'feng.ping', '.entry'], ['audit', '/audit', 'feng.ping', '.audit'], ['verify', '/verify', 'feng.ping', '.whole-verify'], ['people', '/people', 'chu.ning', '.people'], ['person', '/people?person=sun.wei', 'chu.ning', '.person-account'], ['own', '/account', 'sun.wei', '.own-sessions .posts'], ['health', '/health', 'chen.xi', '.doctor tbody tr'], ['proposals', '/proposals?state=refused', 'wang.min', '.proposals']]
  for (const how of looks)
    for (const [name, to, person, wait] of views) {
      const of = `${name}-${how.language}-${how.width}${how.theme ? '-dark' : ''}`
      await tried(`page ${of}`, async () => {
        const here = await begin(browser, to, person, how)
        await here.page.waitForSelector(wait)
        await here.page.waitForTimeout(400) // a drawer has come to rest
        return pictured(here, of)
      })
    }
}

const browser = await launch()
try {
  await journal(browser)
  await audit(browser)
  await verify(browser)
  await people(browser)
  await own(browser)
  await proposals(browser)
  await health(browser)
  await apart(browser)
  if (!process.env.BATON_QUICK) await pictures(browser)
} finally {
  await browser.close()
  await city.end()
}
process.exit(count())
