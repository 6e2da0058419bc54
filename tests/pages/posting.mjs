// The posting made from its page: proposed with a reason and a second look, decided by somebody else, then with number, digest and receipt; and on A4 with 20 units of long names.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { count, launch, look, open, screens, shoot, shown, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

// Every other unit of the departments has a name that takes two lines.
const long = (folder) => {
  const file = join(folder, 'units.csv')
  let number = 0
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^([a-z_]+),([^,]+),([^,]+),dept_gov,/gm, (all, id, zh, en) => (number++ % 2 ? all : `${id},${zh}（云澜市${zh}执法监督与公共服务保障中心）,${en} with its Centre for Supervision and Public Service,dept_gov,`)))
}
const city = await serveCity({ people: [['wang.min', '王敏', 'committee'], ['zhou.jie', '周洁', 'leader']], edit: long })
useBase(city.base)
const browser = await launch()
const at = '/posting?a=yunlan-2021&period=2021-05'
try {
  for (const who of ['li.wei', 'wang.min', 'zhou.jie', 'chen.li']) await client(city.base, city.first, who) // with the password of the tests
  const office = await open(browser)
  let number = ''
  await tried('the office proposes a posting from its page, after a second look', async () => {
    const { page } = office
    await signIn(page, 'li.wei', `${at}&group=district`)
    await page.waitForSelector('.sheet-of-paper')
    await page.getByRole('button', { name: '提请公布' }).click()
    const onward = page.getByRole('button', { name: '核对公布内容' })
    if (await onward.isEnabled()) return 'without a reason'
    await page.getByLabel('公布理由').fill('5 月数据已全部认定，拟予公布')
    await onward.click()
    await page.waitForSelector('.posting-look tbody tr')
    const rows = (await page.$$('.posting-look tbody tr')).length
    const first = await page.textContent('.posting-look tbody tr >> nth=0')
    const top = await page.textContent('.sheet-of-paper tbody tr >> nth=0 >> .name')
    await shoot(page, 'posting-look-zh-1280')
    const serious = await look(page)
    if (rows < 5 || !first.includes(top.trim())) return `${rows} groups, ${first}`
    await page.getByRole('button', { name: '确认提请' }).click()
    const said = await page.waitForSelector('.el-dialog [role=status]')
    number = /\d+/.exec(await said.textContent())?.[0] ?? ''
    const digest = await page.textContent('.posting-digest')
    await shoot(page, 'posting-proposed-zh-1280')
    await page.getByRole('button', { name: '关闭' }).last().click()
    await page.waitForSelector('.posting-maker a')
    return /^[0-9a-f]{64}$/.test(digest.trim()) ? serious : digest
  })
  await tried('one that waits is not proposed again, but leads to where it is decided', async () => {
    const { page } = office
    const words = await page.textContent('.posting-maker a')
    await page.click('.posting-maker a')
    await page.waitForURL((url) => url.pathname === '/proposals' && url.searchParams.get('number') === number)
    return words.includes(number) ? '' : words
  })
  await tried('accepted by the committee it has number, digest and receipt', async () => {
    const committee = await client(city.base, city.first, 'wang.min')
    const answer = await committee('POST', `/proposals/${number}/decision`, { verdict: 'accepted', reason: '同意' })
    if (answer.status !== 201) return JSON.stringify(answer.body)
    const { page } = office
    await page.goto(`${city.base}${at}&group=district`)
    await page.waitForSelector('.sheet-of-paper')
    await page.waitForFunction(() => document.querySelector('label:has(option:nth-child(2)) option[value]:not([value=""])') && [...document.querySelectorAll('option')].some((one) => one.textContent.includes('公布稿')))
    const known = await page.evaluate(() => [...document.querySelectorAll('option')].find((one) => one.textContent.includes('公布稿')).value)
    await page.selectOption('label:has-text("公示状态") select', known)
    await page.waitForSelector('.square-code')
    await page.waitForFunction(() => document.querySelector('.notes').textContent.includes('回执'))
    const notes = await page.textContent('.notes')
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载公布回执' }).click()])
    const text = readFileSync(await file.path(), 'utf8')
    const root = /^root: (\w+)$/m.exec(text)?.[1]
    return text.startsWith('baton-receipt 1') && notes.includes(root) && /摘要：[0-9a-f]{64}/.test(notes) ? '' : `${notes} ${text.slice(0, 200)}`
  })
  await tried('what is corrected afterwards leaves the posting as it is, and the state of now is another', async () => {
    const { page } = office
    const posted = await page.$$eval('.sheet-of-paper tbody .total', (all) => all.map((one) => one.textContent))
    const say = await client(city.base, city.first, 'li.wei')
    const decide = await client(city.base, city.first, 'wang.min')
    const history = await say('GET', '/assessments/yunlan-2021/facts/observation/history?key=jinting,accidents,2021-05')
    const asked = await say('POST', `/entries/${history.body.items.at(-1).position}/correction`, { fields: { value: '99' }, reason: '重新核实', propose: true })
    if (asked.status !== 201) return JSON.stringify(asked.body)
    const decided = await decide('POST', `/proposals/${asked.body.first}/decision`, { verdict: 'accepted', reason: '同意' })
    if (decided.status !== 201) return JSON.stringify(decided.body)
    await page.reload()
    await page.waitForSelector('.square-code')
    const after = await page.$$eval('.sheet-of-paper tbody .total', (all) => all.map((one) => one.textContent))
    await page.selectOption('label:has-text("公示状态") select', '')
    await page.waitForFunction(() => !document.querySelector('.square-code') && document.querySelector('.sheet-of-paper'))
    const now = await page.$$eval('.sheet-of-paper tbody .total', (all) => all.map((one) => one.textContent))
    return after.join() === posted.join() && now.join() !== posted.join() ? office.wrong.join('; ') : `posted ${posted}, then ${after}, now ${now}`
  })
  await office.close()

  await tried('who may not propose has no button, and everybody reads since when changes are', async () => {
    const { page, wrong, close } = await open(browser)
    await signIn(page, 'chen.li', `${at}&group=district`)
    await page.waitForSelector('.notes')
    await page.waitForTimeout(300)
    const buttons = await page.getByRole('button', { name: '提请公布' }).count()
    const notes = await page.textContent('.notes')
    await close()
    return buttons === 0 && notes.includes('升降与') ? wrong.join('; ') : `${buttons} ${notes}`
  })

  for (const [paper, language] of [['a4', 'zh'], ['a4', 'en'], ['a3', 'en']])
    await tried(`20 units with long names on ${paper}, ${language}: notes are never on a page without rows`, async () => {
      const { page, wrong, close } = await open(browser, { language })
      await signIn(page, 'zhou.jie', `${at}&group=dept_gov&paper=${paper}&number=${encodeURIComponent('云考办〔2021〕12号')}&office=${encodeURIComponent('云澜市考核办公室')}&date=2021-06-10`)
      await page.waitForSelector('.notes li')
      await shown(page)
      const pdf = join(screens, `posting-long-${paper}-${language}.pdf`)
      await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: false })
      await close()
      const pages = Number(/Pages: +(\d+)/.exec(execFileSync('pdfinfo', [pdf], { encoding: 'utf8' }))[1])
      execFileSync('pdftoppm', ['-r', '60', '-png', pdf, join(screens, `posting-long-${paper}-${language}`)])
      const text = (at) => execFileSync('pdftotext', ['-layout', '-f', String(at), '-l', String(at), pdf, '-'], { encoding: 'utf8' })
      const last = text(pages)
      const rows = last.split('\n').filter((line) => /^\s*\d+\s.*\d\.\d/.test(line)).length
      const first = text(1).split('\n').filter((line) => /^\s*\d+\s.*\d\.\d/.test(line)).length
      return pages <= 2 && (pages === 1 || (rows >= 3 && first >= 3)) ? wrong.join('; ') : `${pages} pages, ${first} rows on the first, ${rows} on the last`
    })
} finally {
  await browser.close()
  await city.end()
}
process.exitCode = count()
