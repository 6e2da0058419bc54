// Filling in: what a clerk does with the sheet, and what becomes of it when a server is killed, two are in one cell, a session ends. Needs $BATON.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { count, launch, launchKept, look, open, pictured, shoot, shown, signIn, tell, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const A = '/assessments/yunlan-2021'
const city = await serveCity()
useBase(city.base)
for (const person of ['zhao.qing', 'sun.wei', 'chen.li', 'li.wei']) await client(city.base, city.first, person) // first passwords are changed
const zhou = await client(city.base, city.first, 'zhou.yan')
const server = async (period = '2022-01') => Object.fromEntries((await zhou('GET', `${A}/expected/${period}?reporter=statistics&limit=1000`)).body.items.map((one) => [`${one.unit} ${one.element}`, one]))

const input = '.fill-grid input'
const saved = (page) => page.waitForSelector('.saved-saved', { timeout: 20000 })
const cell = (page, row, column = 0) => page.locator('.fill-grid tbody tr').nth(row).locator('td.cell').nth(column)
const at = (page) => page.$eval(input, (one) => one.getAttribute('aria-label'))
const values = (page, rows) => page.$$eval('.fill-grid tbody tr', (all, many) => all.slice(0, many).map((row) => { const one = row.querySelector('td.cell'); return one.querySelector('input')?.value ?? one.textContent.trim() }), rows)
// Into the clipboard of the page, as a spreadsheet would, and out of it again.
const paste = (page, text) => page.$eval(input, (one, what) => { const data = new DataTransfer(); data.setData('text/plain', what); one.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })) }, text)
const copy = (page) => page.$eval(input, (one) => { const data = new DataTransfer(); one.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true })); return data.getData('text/plain') })
const same = (have, want) => (JSON.stringify(have) === JSON.stringify(want) ? '' : `${JSON.stringify(have)} is not ${JSON.stringify(want)}`)

async function begin(browser, person = 'chen.li', to = '/fill?period=2022-01', how = {}) {
  const here = await open(browser, how)
  await signIn(here.page, person, to)
  await here.page.waitForSelector('.fill-grid tbody tr')
  return here
}

async function sheet(browser) {
  const { page, wrong, close } = await begin(browser)
  await tried('a clerk comes to what is owed', async () => {
    const owed = await page.textContent('.owed')
    await shoot(page, 'fill-zh-1280')
    return /应报\s*20/.test(owed) && /已报\s*0/.test(owed) ? '' : owed
  })
  await tried('checks speak while one types, and a note justifies', async () => {
    await cell(page, 0).click()
    await page.keyboard.type('99339')
    await page.waitForSelector('.fill-grid tr.chosen .verdict-justify', { timeout: 10000 })
    await shoot(page, 'fill-checks-zh-1280')
    await page.keyboard.press('Tab')
    await page.keyboard.type('口径变化')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.fill-grid tbody tr:first-child .verdict-justified', { timeout: 10000 })
    await saved(page)
    return ''
  })
  await tried('what is typed overwrites, Enter goes down, arrows and Tab go about, and it is saved by itself', async () => {
    await cell(page, 0).click()
    await page.keyboard.type('38.2')
    await page.keyboard.press('Enter')
    await page.keyboard.type('1,234.5')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Tab')
    await page.keyboard.type('月报数')
    await page.keyboard.press('Enter')
    await saved(page)
    const now = await server()
    return same([now['yunhu industry_va'].report?.value, now['yunhu retail'].report?.value, now['yunhu retail'].report?.note, now['yunhu retail'].report?.stage], ['38.2', '1234.5', '月报数', 'draft'])
  })
  await tried('F2 goes into the text, Escape takes back what was typed', async () => {
    await cell(page, 0).click()
    await page.keyboard.press('F2')
    await page.keyboard.type('5')
    await page.keyboard.press('Enter')
    await page.keyboard.type('999')
    await page.keyboard.press('Escape')
    await saved(page)
    return same(await values(page, 2), ['38.25', '1234.5'])
  })
  await tried('a block is pasted as Excel and WPS give it, with thousands and full-width digits', async () => {
    await cell(page, 2).click()
    await paste(page, '１，２３４．５\t口径调整\r\n"2,345"\t\r\n（３０）\t"两行\n说明"\r\n')
    await saved(page)
    const now = await server()
    return same([now['jinting industry_va'].report?.value, now['jinting industry_va'].report?.note, now['jinting retail'].report?.value, now['wanglan industry_va'].report?.value, now['wanglan industry_va'].report?.note], ['1234.5', '口径调整', '2345', '-30', '两行\n说明'])
  })
  await tried('a range is copied as it is pasted', async () => {
    await cell(page, 0).click()
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowRight')
    return same(await copy(page), '38.25\t口径变化\n1234.5\t月报数')
  })
  await tried('what was done is taken back and done again, the server following', async () => {
    await cell(page, 5).click()
    await paste(page, '7\n8')
    await page.keyboard.press('Control+z')
    const undone = (await values(page, 7)).slice(5)
    await page.keyboard.press('Control+y')
    await saved(page)
    const now = await server()
    return same([undone, now['wanglan retail'].report?.value, now['landong industry_va'].report?.value], [['', ''], '7', '8'])
  })
  await tried('what is no number is told at once, and kept back until it is one', async () => {
    await cell(page, 7).click()
    await page.keyboard.type('12x')
    await page.waitForSelector('.verdict-fault')
    await page.keyboard.press('Enter')
    await page.waitForTimeout(1500)
    const none = (await server())['landong retail'].report
    await shoot(page, 'fill-fault-zh-1280')
    await cell(page, 7).click()
    await page.keyboard.type('12')
    await page.keyboard.press('Enter')
    await saved(page)
    return same([none, (await server())['landong retail'].report.value], [undefined, '12'])
  })
  await tried('why there is no figure needs a reason, and is a draft with it', async () => {
    await cell(page, 8).click()
    await page.keyboard.type('暂不出数')
    await page.keyboard.press('Tab')
    await page.waitForTimeout(1300)
    const before = (await server())['qingcen industry_va'].report
    await page.keyboard.type('上级尚未反馈')
    await page.keyboard.press('Enter')
    await saved(page)
    const after = (await server())['qingcen industry_va'].report
    return same([before, after?.state, after?.note], [undefined, 'pending', '上级尚未反馈'])
  })
  await tried('the keyboard gets into the sheet and out of it', async () => {
    await cell(page, 3).click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    const isOut = await page.evaluate(() => !document.activeElement.closest('.fill-grid'))
    await page.keyboard.press('Shift+Tab')
    const isIn = await page.evaluate(() => !!document.activeElement.closest('.fill-grid'))
    return isOut && isIn ? '' : `${isOut} ${isIn}`
  })
  await tried('evidence is brought by a button and by dropping it, and is named by the draft', async () => {
    await cell(page, 1).click()
    await page.setInputFiles('.evidence input[type=file]', { name: '月报 <b>1.txt', mimeType: 'text/plain', buffer: Buffer.from('月报\n1234.5\n') })
    await page.waitForSelector('.evidence li a')
    await page.$eval('.evidence', (one) => {
      const data = new DataTransfer()
      data.items.add(new File(['register: 12\n'], 'register.txt', { type: 'text/plain' }))
      one.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    })
    await page.waitForFunction(() => document.querySelectorAll('.evidence li a').length === 2)
    await saved(page)
    await shoot(page, 'fill-evidence-zh-1280')
    const now = (await server())['yunhu retail'].report
    const names = await page.$$eval('.evidence li a', (all) => all.map((one) => one.textContent))
    return same([now.evidence?.length, names], [2, ['月报 <b>1.txt', 'register.txt']])
  })
  await tried('a file that is not taken says so', async () => {
    await page.setInputFiles('.evidence input[type=file]', { name: 'a.sh', mimeType: 'text/plain', buffer: Buffer.from('#!/bin/sh\nrm -rf /\n') })
    await page.waitForSelector('.evidence [role=alert]')
    return ''
  })
  await tried('nothing serious on the page', () => look(page))
  tell('filling in says nothing wrong', wrong.join('; '))
  await close()
}

// What was typed is there afterwards, whatever happened.
async function kept(browser) {
  await tried('the server is killed while a form is half filled: what was typed is kept, through the page being read anew, and saved when it is back', async () => {
    const { page, wrong, close } = await begin(browser, 'chen.li', '/fill?period=2022-02')
    await cell(page, 0).click()
    await page.keyboard.type('41.5')
    await page.keyboard.press('Enter')
    await saved(page)
    await city.kill()
    await page.keyboard.type('42.5')
    await page.keyboard.press('Enter')
    await page.keyboard.type('43.') // half typed
    await page.waitForSelector('.saved-offline', { timeout: 15000 })
    await shoot(page, 'fill-offline-zh-1280')
    const lying = await page.evaluate(() => new Promise((resolve) => {
      const opening = indexedDB.open('baton')
      opening.onsuccess = () => {
        const asked = opening.result.transaction('kept').objectStore('kept').getAll()
        asked.onsuccess = () => { opening.result.close(); resolve(asked.result.map((one) => Object.keys(one).join() + ' ' + one.id + one.key + String.fromCharCode(...new Uint8Array(one.data)))) }
      }
    }))
    await city.begin()
    await page.reload()
    await page.waitForSelector('.fill-grid tbody tr')
    await page.waitForFunction(() => document.querySelector('.fill-grid tbody tr:nth-child(2) td.cell').textContent.includes('42.5'))
    const there = await values(page, 3)
    await shoot(page, 'fill-restored-zh-1280')
    await page.waitForFunction(() => document.querySelector('.saved-saved') !== null || document.querySelectorAll('.unsaved').length === 0, null, { timeout: 20000 })
    const now = await server('2022-02')
    await close()
    return [same([there, now['yunhu industry_va'].report?.value, now['yunhu retail'].report?.value], [['41.5', '42.5', '43'], '41.5', '42.5']), lying.length === 1 ? '' : `kept ${lying.length}`, lying.some((one) => /42\.5|yunhu|chen/.test(one)) ? 'it can be read' : '', ...wrong].filter(Boolean).join('; ')
  })
  await tried('the server is killed and comes back while one goes on typing: all is saved, once', async () => {
    const { page, close } = await begin(browser, 'chen.li', '/fill?period=2022-02')
    await saved(page)
    await city.kill()
    await cell(page, 4).click()
    await page.keyboard.type('11.5')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.saved-offline', { timeout: 15000 })
    await page.keyboard.type('12.5')
    await page.keyboard.press('Enter')
    await city.begin()
    await saved(page)
    const now = await server('2022-02')
    await close()
    return same([now['wanglan industry_va'].report?.value, now['wanglan retail'].report?.value], ['11.5', '12.5'])
  })
  await tried('a session that ended: the entries are there when the same person has signed in again', async () => {
    const { context, page, close } = await begin(browser, 'chen.li', '/fill?period=2022-02')
    await saved(page)
    await context.clearCookies()
    await cell(page, 6).click()
    await page.keyboard.type('66.5')
    await page.keyboard.press('Enter')
    await page.waitForSelector('input[name=username]', { timeout: 15000 })
    await shoot(page, 'fill-ended-zh-1280')
    await page.fill('input[name=username]', 'chen.li')
    await page.fill('input[name=password]', 'zongheng-kaohe-8')
    await page.click('button[type=submit]')
    await page.waitForSelector('.fill-grid tbody tr')
    await page.waitForFunction(() => document.querySelector('.fill-grid tbody tr:nth-child(7) td.cell').textContent.includes('66.5'))
    await saved(page)
    const now = await server('2022-02')
    await close()
    return same(now['landong industry_va'].report?.value, '66.5')
  })
  for (const how of ['somebody else signs in', 'one signs out'])
    await tried(`what was kept is gone when ${how}`, async () => {
      const { context, page, close } = await begin(browser, 'chen.li', '/fill?period=2022-02')
      await saved(page)
      await cell(page, 7).click()
      await page.keyboard.type('7x')
      await page.keyboard.press('Enter')
      await page.waitForTimeout(700)
      if (how === 'one signs out') {
        await page.click('.me')
        await page.click('text=退出登录')
      } else {
        await context.clearCookies()
        await page.click('.sides a[href^="/notices"]')
      }
      await page.waitForSelector('input[name=username]')
      const left = () => page.evaluate(() => new Promise((resolve) => { const opening = indexedDB.open('baton'); opening.onsuccess = () => { const asked = opening.result.transaction('kept').objectStore('kept').count(); asked.onsuccess = () => { opening.result.close(); resolve(asked.result) } } }))
      const before = await left()
      await page.fill('input[name=username]', how === 'one signs out' ? 'chen.li' : 'zhou.yan')
      await page.fill('input[name=password]', 'zongheng-kaohe-8')
      await page.click('button[type=submit]')
      await page.waitForSelector('.shell')
      await page.goto(city.base + '/fill?period=2022-02')
      await page.waitForSelector('.fill-grid tbody tr')
      await page.waitForTimeout(500)
      const there = (await values(page, 8))[7]
      const after = await left()
      await close()
      return same([before, after, there], [how === 'one signs out' ? 0 : 1, 0, ''])
    })
}

async function two(browser) {
  await tried('two in one cell: the second is told what and by whom, and loses nothing', async () => {
    const { page, wrong, close } = await begin(browser)
    await saved(page)
    const now = (await server())['songyan industry_va']
    const other = await zhou('POST', `${A}/collection/2022-01`, { act: 'draft', items: [{ unit: 'songyan', element: 'industry_va', value: '51.5', note: '周燕填', ...(now.report ? { at: now.report.at } : {}) }] })
    if (other.status !== 201) return JSON.stringify(other.body)
    const row = await page.$$eval('.fill-grid tbody tr', (all) => all.findIndex((one) => one.textContent.includes('松砚') && one.textContent.includes('工业')))
    await cell(page, row).click()
    await page.keyboard.type('52.5')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.stage-returned', { timeout: 15000 })
    await cell(page, row).click()
    await page.waitForSelector('.meanwhile')
    const told = await page.textContent('.meanwhile')
    await shoot(page, 'fill-meanwhile-zh-1280')
    const serious = await look(page)
    await page.click('.meanwhile button:first-of-type')
    await saved(page)
    const after = (await server())['songyan industry_va'].report
    await close()
    return [told.includes('周燕') && !told.includes('zhou.yan') && told.includes('51.5') && told.includes('52.5') ? '' : told, same([after.value, after.by], ['52.5', 'chen.li']), serious, ...wrong].filter(Boolean).join('; ')
  })
}

async function onward(browser) {
  await tried('what was returned says what has to be changed, and by whom', async () => {
    const qing = await client(city.base, city.first, 'zhao.qing')
    const sun = await client(city.base, city.first, 'sun.wei')
    const one = async (by, act, more = {}) => {
      const now = (await server())['yunhu retail'].report
      const answer = await by('POST', `${A}/collection/2022-01`, { act, ...more, items: [{ unit: 'yunhu', element: 'retail', at: now.at }] })
      if (answer.status !== 201) throw new Error(`${act}: ${JSON.stringify(answer.body)}`)
    }
    await one(qing, 'sign')
    const { page, wrong, close } = await begin(browser)
    await page.click('text=报送已审签的')
    await page.waitForFunction(() => /已报\s*1/.test(document.querySelector('.owed').textContent))
    await one(sun, 'return', { reason: '单位应为亿元 <b>请核</b>' })
    await page.reload()
    await page.waitForSelector('.fill-grid tbody tr')
    const told = await page.textContent('.main')
    await shoot(page, 'fill-returned-zh-1280')
    await close()
    return [told.includes('孙伟') && told.includes('单位应为亿元 <b>请核</b>') ? '' : told.slice(0, 400), ...wrong].filter(Boolean).join('; ')
  })
  await tried('the form comes down, and up again with what is wrong by row', async () => {
    const { page, wrong, close } = await begin(browser, 'chen.li', '/fill?period=2022-02')
    await page.click('.title .el-button')
    await page.waitForSelector('.form-ways')
    const csv = await page.evaluate(async () => (await fetch(document.querySelectorAll('.form-ways a')[1].href)).text())
    const lines = csv.replace(/^\ufeff/, '').split('\n')
    const heads = lines[3].split(',')
    const column = heads.findIndex((one) => /本期|填报值|数值|value/i.test(one))
    const row = lines.findIndex((one, index) => index > 3 && one.includes('zone_lanwan'))
    const put = (text) => lines.map((line, index) => (index === row ? line.split(',').map((one, at) => (at === column ? text : one)).join(',') : line)).join('\n')
    await page.setInputFiles('.form-ways input[type=file]', { name: 'form.csv', mimeType: 'text/csv', buffer: Buffer.from(put('12x')) })
    await page.waitForSelector('.form-problems')
    const problems = await page.textContent('.form-problems')
    await shoot(page, 'fill-form-problems-zh-1280')
    const serious = await look(page)
    await page.setInputFiles('.form-ways input[type=file]', { name: 'form.csv', mimeType: 'text/csv', buffer: Buffer.from(put('12.5')) })
    await page.waitForSelector('.el-dialog .help, .form-problems:has-text("zone")', { timeout: 15000 })
    const said = await page.textContent('.el-dialog')
    const now = (await server('2022-02'))['zone_lanwan industry_va'].report
    await close()
    return [problems.includes('12x') ? '' : problems, same(now?.value, '12.5') && `${said} ${heads}`, serious, ...wrong].filter(Boolean).join('; ')
  })
}

// What the scheme says has to hold: told while one types, and refused when it is to be signed off.
async function checked(browser) {
  const office = await client(city.base, city.first, 'li.wei')
  const before = await office('POST', '/facts', { assessment: 'yunlan-2021', facts: [['qingcen', '40'], ['songyan', '10']].map(([unit, value]) => ({ kind: 'observation', fields: { unit, element: 'retail', period: '2022-01', value } })) })
  if (before.status !== 201) throw new Error(JSON.stringify(before.body))
  const clerk = await begin(browser, 'chen.li', '/fill?period=2022-02')
  const approver = await open(browser)
  await signIn(approver.page, 'zhao.qing', '/sign?period=2022-02')
  const type = async (unit, value, note = '') => {
    const at = await clerk.page.$$eval('.fill-grid tbody tr', (all, name) => all.findIndex((one) => one.textContent.includes(name) && one.textContent.includes('零售')), unit)
    await cell(clerk.page, at).click()
    await clerk.page.keyboard.type(value)
    if (note) {
      await clerk.page.keyboard.press('Tab')
      await clerk.page.keyboard.type(note)
    }
    await clerk.page.keyboard.press('Enter')
    await cell(clerk.page, at).click()
    await saved(clerk.page)
    return at
  }
  // Signs one figure off; what the page says of it.
  const sign = async (unit) => {
    await approver.page.reload()
    const row = approver.page.locator('.queue tbody tr', { hasText: unit }).filter({ hasText: '零售' })
    await row.locator('.el-checkbox').click()
    await approver.page.click('.tools .el-button--primary')
    await approver.page.waitForSelector('.said[role=alert], .help[role=status]')
    const refused = await approver.page.$('.said[role=alert]')
    return refused ? `${await refused.textContent()} ${await approver.page.locator('.stale.text').allTextContents()}` : ''
  }
  const stage = async (unit) => (await server('2022-02'))[`${unit} retail`].report?.stage
  await tried('a hard check is told in its place with its numbers, and what it refuses cannot be signed off', async () => {
    const row = await type('青岑', '30')
    await clerk.page.waitForSelector(`.fill-grid tbody tr:nth-child(${row + 1}) .verdict-hard`, { timeout: 10000 })
    const told = await clerk.page.textContent('.figure-panel .checks')
    await shoot(clerk.page, 'fill-hard-zh-1280')
    const serious = await look(clerk.page)
    const refused = await sign('青岑')
    await shoot(approver.page, 'sign-hard-zh-1280')
    return [told.includes('当年累计数不应低于上月') && told.includes('40') ? '' : told, refused.includes('当年累计数不应低于上月') ? '' : `not refused: ${refused}`, same(await stage('qingcen'), 'draft'), serious].filter(Boolean).join('; ')
  })
  await tried('once it holds, it is signed off', async () => {
    const row = await type('青岑', '44')
    await clerk.page.waitForSelector(`.fill-grid tbody tr:nth-child(${row + 1}) .verdict-hard`, { state: 'detached', timeout: 10000 })
    return [await sign('青岑'), same(await stage('qingcen'), 'signed')].filter(Boolean).join('; ')
  })
  await tried('a check to be justified is refused without a reason, and signed off with one', async () => {
    const row = await type('松砚', '88')
    await clerk.page.waitForSelector(`.fill-grid tbody tr:nth-child(${row + 1}) .verdict-justify`, { timeout: 10000 })
    const refused = await sign('松砚')
    const between = await stage('songyan')
    await type('松砚', '88', '新增统计口径')
    await clerk.page.waitForSelector(`.fill-grid tbody tr:nth-child(${row + 1}) .verdict-justified`, { timeout: 10000 })
    return [refused ? '' : 'not refused', same(between, 'draft'), await sign('松砚'), same(await stage('songyan'), 'signed')].filter(Boolean).join('; ')
  })
  await tried('a block that is longer than the sheet says so, and what fits is taken', async () => {
    const rows = await clerk.page.$$eval('.fill-grid tbody tr', (all) => all.length)
    await cell(clerk.page, rows - 1).click()
    await paste(clerk.page, '61.5\n62.5\n63.5')
    await saved(clerk.page)
    const told = (await clerk.page.locator('.tools [role=status]').allTextContents()).join()
    return told.includes('2 行超出表格') ? '' : told
  })
  tell('nothing was said wrong about checks', [...clerk.wrong, ...approver.wrong].join('; '))
  await clerk.close()
  await approver.close()
}

// Sheets that come and go as files: an office's own by a mapping of the scheme, and the form with what somebody else put there meanwhile.
async function exchanged(browser) {
  const { page, wrong, close } = await begin(browser, 'chen.li', '/fill?period=2022-02')
  await page.click('.title .el-button')
  await page.waitForSelector('.form-what')
  await tried("an office's own sheet is read by a mapping of the scheme, and each draft says its cell", async () => {
    const sheet = ['2022年1-2月主要经济指标,,,,,,,,', ',,,,,,,,单位：亿元', '地区,规模以上工业增加值,固定资产投资,社会消费品零售总额,一般公共预算收入（万元）,实际使用外资（万美元）', ',累计,累计,累计,累计,累计', '泽禾县,,,33.5,,'].join('\n')
    await page.click('.form-what .el-radio:has-text("monthly")')
    await page.setInputFiles('.form-ways input[type=file]', { name: '月报.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) })
    await page.waitForSelector('.el-dialog .help, .form-problems', { timeout: 15000 })
    const said = await page.textContent('.el-dialog')
    const serious = await look(page)
    await shoot(page, 'fill-own-sheet-zh-1280')
    const now = (await server('2022-02'))['zehe retail'].report
    await page.click('.form-what .el-radio:has-text("平台填报表")')
    return [same(now?.value, '33.5') && said, now?.document?.includes('月报.csv') && now.document.includes('D5') ? '' : now?.document, serious].filter(Boolean).join('; ')
  })
  await tried('where somebody else was there meanwhile the form comes with both, and goes in as it was settled', async () => {
    const csv = await page.evaluate(async () => (await fetch(document.querySelectorAll('.form-ways a')[1].href)).text())
    const lines = csv.replace(/^\ufeff/, '').split('\n')
    const column = lines[3].split(',').findIndex((one) => /本期|填报值|数值|value/i.test(one))
    const mine = lines.map((line) => (line.includes('songyan') && line.includes('industry_va') ? line.split(',').map((one, index) => (index === column ? '71' : one)).join(',') : line)).join('\n')
    const other = await zhou('POST', `${A}/collection/2022-02`, { act: 'draft', items: [{ unit: 'songyan', element: 'industry_va', value: '70' }] })
    if (other.status !== 201) return JSON.stringify(other.body)
    await page.setInputFiles('.form-ways input[type=file]', { name: '二月.csv', mimeType: 'text/csv', buffer: Buffer.from(mine) })
    await page.waitForSelector('.form-problems')
    await shoot(page, 'fill-form-both-zh-1280')
    const coming = page.waitForEvent('download')
    await page.click('.form-problems .el-button:has-text("下载两者对照")')
    const file = await coming
    const both = readFileSync(await file.path(), 'utf8')
    const row = both.split('\n').find((line) => line.includes('songyan') && line.includes('industry_va')) ?? ''
    await page.setInputFiles('.form-ways input[type=file]', { name: file.suggestedFilename(), mimeType: 'text/csv', buffer: Buffer.from(both) })
    await page.waitForSelector('.el-dialog .help', { timeout: 15000 })
    const now = (await server('2022-02'))['songyan industry_va'].report
    return [same(file.suggestedFilename(), '二月（对照）.csv'), row.includes('71') && row.includes('70') ? '' : row, same([now.value, now.by], ['71', 'chen.li'])].filter(Boolean).join('; ')
  })
  tell('nothing was said wrong about files', wrong.join('; '))
  await close()
}

// The browser is killed in the middle of a cell; its cookie is gone with it, what was typed is not.
async function killed() {
  const folder = mkdtempSync(join(tmpdir(), 'baton-browser-'))
  const enter = async (page, to) => {
    await page.goto(city.base + to)
    await page.waitForSelector('input[name=username]')
    await page.fill('input[name=username]', 'chen.li')
    await page.fill('input[name=password]', 'zongheng-kaohe-8')
    await page.click('button[type=submit]')
    await page.waitForSelector('.fill-grid tbody tr')
  }
  await tried('the browser is killed while a cell is typed in: the entry is there after signing in again, and saved', async () => {
    const first = await launchKept(folder)
    const page = await first.context.newPage()
    await enter(page, '/fill?period=2022-02')
    await cell(page, 3).click()
    await page.keyboard.type('77.5') // not left, so not sent
    await page.waitForTimeout(700)
    const sent = (await server('2022-02'))['jinting retail'].report?.value
    await first.kill()
    const second = await launchKept(folder)
    const again = await second.context.newPage()
    await enter(again, '/fill?period=2022-02')
    await again.waitForFunction(() => document.querySelector('.fill-grid tbody tr:nth-child(4) td.cell').textContent.includes('77.5') || document.querySelector('.fill-grid tbody tr:nth-child(4) input')?.value === '77.5', null, { timeout: 10000 })
    await saved(again)
    const now = (await server('2022-02'))['jinting retail'].report?.value
    await second.kill()
    return [sent === '77.5' ? 'it was sent before' : '', same(now, '77.5')].filter(Boolean).join('; ')
  })
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function ways(browser) {
  for (const how of [{ language: 'en', width: 1280 }, { language: 'zh', width: 1920, theme: 'dark' }, { language: 'en', width: 390 }, { language: 'zh', width: 390, theme: 'dark' }]) {
    const name = `fill-${how.language}-${how.width}${how.theme ? '-dark' : ''}`
    await tried(`page ${name}`, async () => {
      const { page, wrong, close } = await begin(browser, 'chen.li', '/fill?period=2022-01', how)
      await shown(page)
      await page.waitForTimeout(400)
      return pictured({ page, wrong, close }, name)
    })
  }
}

const browser = await launch()
try {
  await sheet(browser)
  await two(browser)
  await onward(browser)
  await checked(browser)
  await exchanged(browser)
  await killed()
  await kept(browser)
  await ways(browser)
} finally {
  await browser.close()
  await city.end()
}
process.exit(count())
