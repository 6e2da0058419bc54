// The scheme workshop: a draft is begun, a weight changed, its sum seen, a finding at its row, proposed, put in force by a second person, and the table follows. Needs $BATON.
import { count, launch, look, open, pictured, shoot, shown, signIn, tell, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const A = '/assessments/yunlan-2021'
const city = await serveCity({ people: [['wang.min', '王敏', 'office'], ['he.yun', '何云', 'committee']] })
useBase(city.base)
const li = await client(city.base, city.first, 'li.wei')
for (const person of ['wang.min', 'he.yun']) await client(city.base, city.first, person) // first passwords are changed

async function begin(browser, person, to, how = {}) {
  const here = await open(browser, how)
  await signIn(here.page, person, to)
  await shown(here.page)
  return here
}
const weight = (page, indicator, column) => page.locator('.scheme-tree tbody tr', { hasText: indicator }).first().locator(`input[data-column="${column}"]`)
async function type(field, text) {
  await field.fill(text)
  await field.press('Enter')
}
const kept = (page) => page.waitForSelector('.keeping.kept')
const checked = (page) => page.waitForFunction(() => !document.querySelector('.checking.busy') && /✓|✕|!/.test(document.querySelector('.checking')?.textContent ?? ''), null, { timeout: 30000 })
let id = ''

async function writes(browser) {
  const { page, wrong, close } = await begin(browser, 'li.wei', '/workshop')
  await tried('without drafts the shelf says what to do', async () => {
    await page.waitForSelector('.state')
    const words = await page.textContent('.state')
    const serious = await look(page)
    await shoot(page, 'workshop-empty-zh-1280')
    return [words.includes('新建一份草稿') ? '' : words, serious].filter(Boolean).join('; ')
  })
  await tried('a draft begins as what is in force, and everything adds up', async () => {
    await page.fill('.of-name', '2022 年修订')
    await page.press('.of-name', 'Enter')
    await page.waitForSelector('.scheme-tree')
    id = new URL(page.url()).searchParams.get('draft')
    await checked(page)
    const rows = await page.$$eval('.scheme-tree tbody tr', (all) => all.length)
    const off = await page.$$eval('.sum-mark.off', (all) => all.length)
    const words = await page.textContent('.checking')
    await shoot(page, 'workshop-tree-zh-1280')
    return rows === 98 && off === 0 && words.includes('✓') ? '' : `${rows} ${off} ${words}`
  })
  await tried('a weight that is changed shows what its block lacks or has too much, by sign and number', async () => {
    await type(weight(page, '地区生产总值增速', ''), '5')
    const marks = await page.$$eval('.sum-mark.off', (all) => all.map((one) => one.textContent))
    await shoot(page, 'workshop-off-zh-1280')
    return marks.length === 1 && marks[0].includes('▲ 多 1') ? '' : marks.join(' | ')
  })
  await tried('what the check finds stands at its row', async () => {
    await page.waitForFunction(() => document.querySelector('.scheme-tree .at-row'), null, { timeout: 20000 })
    const words = await page.locator('.scheme-tree tr', { has: page.locator('.at-row') }).first().textContent()
    const serious = await look(page)
    await shoot(page, 'workshop-finding-zh-1280')
    return [words.includes('economy') && words.includes('27') && words.includes('26') ? '' : words, serious].filter(Boolean).join('; ')
  })
  await tried('undo takes it back, redo brings it again', async () => {
    await page.click('text=撤销')
    const was = await page.$$eval('.sum-mark.off', (all) => all.length)
    await page.click('text=重做')
    const is = await page.$$eval('.sum-mark.off', (all) => all.length)
    return was === 0 && is === 1 ? '' : `${was} ${is}`
  })
  await tried('another weight makes it whole, and the draft keeps itself', async () => {
    await type(weight(page, '规上工业增加值增速', ''), '2')
    await checked(page)
    await kept(page)
    await page.waitForFunction(() => document.querySelector('.checking').textContent.includes('✓'), null, { timeout: 20000 })
    const revision = (await li('GET', `${A}/drafts`)).body.items[0].revision
    return revision > 1 ? '' : `revision ${revision}`
  })
  await tried('a group has weights of its own', async () => {
    await type(weight(page, '地区生产总值增速', 'group:zone'), '2')
    await type(weight(page, '实际使用外资', 'group:zone'), '11')
    await kept(page)
    const marks = await page.$$eval('.sum-mark.off', (all) => all.map((one) => one.textContent))
    return marks.length === 0 ? '' : marks.join(' | ')
  })
  await tried('a row opens its editor; a hostile name is text', async () => {
    await page.locator('.scheme-tree .link', { hasText: '科技创新' }).first().click()
    await page.waitForSelector('.row-editor')
    await page.locator('.el-drawer__close-btn').click()
    await page.locator('.scheme-tree .link', { hasText: '固定资产投资' }).first().click()
    await page.waitForSelector('.method-choice')
    await page.waitForTimeout(900)
    const serious = await look(page)
    await shoot(page, 'workshop-row-zh-1280')
    const name = '<img src=x onerror=alert(1)> 投资 \u202e反 😀'
    await page.locator('.row-editor .row-field input').first().fill(name)
    await page.locator('.row-editor .row-field input').first().press('Tab')
    await page.locator('.el-drawer__close-btn').click()
    const shownName = await page.locator('.scheme-tree', { hasText: '<img src=x onerror=alert(1)>' }).count()
    const images = await page.locator('.scheme-tree img').count()
    await kept(page)
    return [shownName === 1 && images === 0 ? '' : `${shownName} ${images}`, serious].filter(Boolean).join('; ')
  })
  await tried('an indicator is added, moved and removed', async () => {
    await page.locator('.scheme-tree .link', { hasText: '生态环境' }).first().click()
    await page.click('.row-editor >> text=新增下级指标')
    await page.fill('#add-row input >> nth=0', 'green_power')
    await page.fill('#add-row input >> nth=1', '绿电占比')
    await page.locator('.el-dialog footer button').last().click()
    await page.waitForFunction(() => document.querySelector('.el-drawer__title')?.textContent === '绿电占比')
    await page.click('.row-editor >> text=上移')
    await page.click('.row-editor .buttons >> text=删除')
    await page.locator('.row-editor .said button').first().click()
    await page.waitForFunction(() => !document.querySelector('.scheme-tree').textContent.includes('绿电占比'))
    await page.waitForFunction(() => document.querySelector('.keeping.kept') && document.querySelector('.checking').textContent.includes('✓'), null, { timeout: 20000 })
    return ''
  })
  await tried('what differs is a list', async () => {
    await page.click('.tabs button:nth-child(2)')
    const rows = await page.$$eval('.differences tbody tr', (all) => all.map((one) => one.textContent))
    const serious = await look(page)
    await shoot(page, 'workshop-compare-zh-1280')
    return [rows.length === 5 && rows.some((one) => one.includes('地区生产总值增速') && one.includes('4') && one.includes('5')) ? '' : rows.join(' | '), serious].filter(Boolean).join('; ')
  })
  tell('writing a draft says nothing wrong', wrong.join('; '))
  await close()
}

// Two people on one draft: nobody's work is lost without being asked.
async function meet(browser) {
  const first = await begin(browser, 'li.wei', `/workshop?draft=${id}`)
  const second = await begin(browser, 'wang.min', `/workshop?draft=${id}`)
  await tried('a save upon an older revision is refused, and both are shown', async () => {
    await Promise.all([first.page.waitForSelector('.scheme-tree'), second.page.waitForSelector('.scheme-tree')])
    await type(weight(first.page, '全社会研发投入强度', ''), '4')
    await first.page.waitForSelector('.keeping.changed, .keeping.keeping')
    await kept(first.page)
    await type(weight(second.page, '高新技术产业产值占比', ''), '1')
    await second.page.waitForSelector('section.meanwhile', { timeout: 20000 })
    const words = await second.page.textContent('section.meanwhile')
    const serious = await look(second.page)
    await shoot(second.page, 'workshop-meanwhile-zh-1280')
    return [words.includes('李伟') && words.includes('全社会研发投入强度') && words.includes('高新技术产业产值占比') ? '' : words, serious].filter(Boolean).join('; ')
  })
  await tried('one may be another draft, and the other stays', async () => {
    await second.page.click('text=将我的稿另存为草稿')
    await second.page.waitForFunction((old) => new URL(location.href).searchParams.get('draft') !== old, id)
    await second.page.waitForSelector('.scheme-tree')
    const all = (await li('GET', `${A}/drafts`)).body.items
    return all.length === 2 && all.some((one) => one.name.includes('王敏')) ? '' : JSON.stringify(all)
  })
  await tried('theirs again: taking it goes on from there', async () => {
    const { page } = second
    await page.goto(`${city.base}/workshop?draft=${id}`)
    await page.waitForSelector('.scheme-tree')
    await type(weight(first.page, '高新技术产业产值占比', ''), '1')
    await first.page.waitForSelector('.keeping.changed, .keeping.keeping')
    await kept(first.page)
    await type(weight(page, '高新技术产业产值占比', ''), '9')
    await page.waitForSelector('section.meanwhile', { timeout: 20000 })
    await page.click('text=采用对方的稿')
    const value = await weight(page, '高新技术产业产值占比', '').inputValue()
    return value === '1' && (await page.locator('section.meanwhile').count()) === 0 ? '' : value
  })
  tell('two people say nothing wrong', [...first.wrong, ...second.wrong].join('; '))
  await first.close()
  await second.close()
}

async function inForce(browser) {
  const li = await client(city.base, city.first, 'li.wei') // a person has only so many sessions, and browsers took the first
  const table = async () => (await li('GET', `${A}/results/2021-12?group=zone&rounded=1`)).body.groups[0].units.map((unit) => `${unit.id} ${unit.rank} ${unit.score}`).sort().join()
  const before = await table()
  let number = ''
  const foretold = async () => {
    const told = await li('GET', `${A}/scheme/trial?period=2021-12&proposal=${number}`)
    return told.body.replay.units.filter((unit) => unit.group === 'zone').map((unit) => `${unit.unit} ${unit.replayed.rank} ${unit.replayed.score}`).sort().join()
  }
  let tried12 = ''
  await tried('the trial says who rises and falls and why, group by group', async () => {
    const { page, wrong, close } = await begin(browser, 'li.wei', `/workshop?draft=${id}&tab=trial`)
    await page.waitForSelector('.trial-table', { timeout: 30000 })
    await page.selectOption('.trial select', '2021-12')
    await page.waitForFunction(() => document.querySelector('.trial-summary')?.textContent.includes('12月'), null, { timeout: 30000 })
    await page.locator('.trial .tabs button', { hasText: '开发区' }).click()
    tried12 = (await page.$$eval('.trial-table > tbody > tr', (all) => all.map((row) => [...row.children].slice(2, 5).map((cell) => cell.textContent)))).map(([score, , ranks]) => `${ranks.split(' → ')[1]} ${score}`).sort().join()
    const amendments = await page.$$eval('.amendments > li', (all) => all.length)
    await page.locator('.trial-table .link').first().click()
    const parts = await page.$$eval('.parts tbody tr', (all) => all.length)
    const serious = await look(page)
    await shoot(page, 'workshop-trial-zh-1280')
    await close()
    return [amendments > 0 && parts === amendments + 1 ? '' : `${amendments} ${parts}`, tried12 ? '' : 'no rows', serious, ...wrong].filter(Boolean).join('; ')
  })
  await tried('a draft is proposed, with a reason', async () => {
    const { page, wrong, close } = await begin(browser, 'li.wei', `/workshop?draft=${id}&tab=propose`)
    await page.waitForSelector('.propose')
    await checked(page)
    const isShut = await page.locator('.propose .el-button--primary').isDisabled()
    await page.fill('.propose textarea', '依据市委考核委员会会议纪要')
    await page.fill('.propose input', '2021-01')
    const serious = await look(page)
    await shoot(page, 'workshop-propose-zh-1280')
    await page.click('.propose .el-button--primary')
    await page.waitForSelector('.propose .help[role=status], .said[role=alert]', { timeout: 20000 })
    const said = await page.textContent('.propose')
    number = /编号 (\d+)/.exec(said)?.[1] ?? ''
    await close()
    return [isShut ? '' : 'it may be proposed without a reason', number ? '' : said, (await table()) === before ? '' : 'it is in force already', serious, ...wrong].filter(Boolean).join('; ')
  })
  await tried('a second person puts it in force, and the table follows', async () => {
    const { page, wrong, close } = await begin(browser, 'he.yun', `/proposals?number=${number}`)
    await page.waitForSelector('.proposal .el-button--primary')
    await page.waitForSelector('.proposal .trial-table', { timeout: 30000 })
    const shownThere = await page.$$eval('.proposal .amendments > li', (all) => all.length)
    const serious = await look(page)
    const foretoldThen = await foretold()
    await shoot(page, 'workshop-decide-zh-1280')
    await page.locator('.proposal .el-button--primary').click()
    await page.waitForSelector('.help[role=status], .said[role=alert]', { timeout: 20000 })
    const said = await page.textContent('.help[role=status], .said[role=alert]')
    let now = before
    const want = foretoldThen
    for (let i = 0; i < 50 && now === before; i++) {
      now = await table()
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    await close()
    return [said.includes('已') ? '' : said, shownThere > 0 ? '' : 'the second person is not told what it changes', serious, now === before ? 'the table is as it was' : '', now === want ? '' : `${now} is not ${want}`, tried12 === now.split(',').map((one) => one.split(' ').slice(1)).map(([rank, score]) => `${rank} ${Number(score).toFixed(2)}`).sort().join() ? '' : `the page foretold ${tried12}`, ...wrong].filter(Boolean).join('; ')
  })
}

async function versions(browser) {
  await tried('the two versions are compared, with the words of the clause', async () => {
    const { page, wrong, close } = await begin(browser, 'wang.min', '/workshop')
    await page.waitForSelector('.versions .amendments', { timeout: 20000 })
    const words = await page.textContent('.versions')
    const clause = await page.locator('.versions details .clause-words').first().textContent()
    const serious = await look(page)
    await shoot(page, 'workshop-versions-zh-1280')
    await close()
    return [words.includes('“地区生产总值增速”权重由4改为5') && clause.includes('经济发展板块26分') ? '' : words, serious, ...wrong].filter(Boolean).join('; ')
  })
}

const browser = await launch()
try {
  await writes(browser)
  await meet(browser)
  for (const how of [{ language: 'en', width: 1280 }, { language: 'zh', width: 1920, theme: 'dark' }, { language: 'en', width: 390 }, { language: 'zh', width: 390, theme: 'dark' }])
    for (const [name, query] of [['shelf', ''], ['tree', `draft=${id}`], ['row', `draft=${id}&node=investment`], ['compare', `draft=${id}&tab=compare`], ['trial', `draft=${id}&tab=trial`]]) {
      const at = `workshop-${name}-${how.language}-${how.width}${how.theme ? '-dark' : ''}`
      await tried(`page ${at}`, async () => {
        const here = await begin(browser, 'li.wei', `/workshop?${query}`, how)
        await here.page.waitForSelector({ shelf: '.drafts', tree: '.scheme-tree', row: '.method-choice', compare: '.differences', trial: '.trial-table' }[name])
        if (name !== 'shelf') await checked(here.page)
        if (name === 'row') await here.page.waitForTimeout(800)
        return pictured(here, at)
      })
    }
  await inForce(browser)
  await versions(browser)
} finally {
  await browser.close()
  await city.end()
}
process.exitCode = count()
