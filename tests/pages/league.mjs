// What the league table has beside its rows: the state that is shown, the year before, the three lists, downloads; the posting; names of two lines on the screen of a hall; very many units.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { base, look, open, screens, shoot, signIn, tried } from './browser.mjs'

const city = '/api/v1/assessments/yunlan-2021'
const texts = (page, selector) => page.$$eval(selector, (all) => all.map((one) => one.textContent.trim()))
const read = (page, path) => page.evaluate(async (at) => (await fetch(at)).json(), path)

// Writes as whoever is signed in on the page.
async function write(page, path, body) {
  const answer = await page.evaluate(
    async ([to, what]) => {
      const { csrf } = await (await fetch('/api/v1/session')).json()
      const said = await fetch(to, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, 'Idempotency-Key': String(Math.random()) }, body: JSON.stringify(what) })
      return { status: said.status, body: await said.json() }
    },
    [path, body],
  )
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`)
  return answer.body
}

async function table(page) {
  await page.waitForSelector('.league tbody tr')
}

async function besideTheTable(browser) {
  const { page, wrong, close } = await open(browser)
  await signIn(page, 'li.wei', '/table?period=2021-08')
  await table(page)
  await tried('the legend names the blocks in the order of the bars', async () => {
    const legend = await texts(page, '.legend li')
    const titles = await page.$$eval('.league tbody tr:first-child .part', (parts) => parts.map((part) => part.title.replace(/ [\d.—]+ \/ .*/, '')))
    await shoot(page, 'legend-zh-1280')
    return legend.length > 3 && titles.every((title, index) => title === legend[index]) ? '' : `${legend} is not ${titles}`
  })
  await tried('changes are since the year before, by the assessment that this one succeeds', async () => {
    const assessment = await read(page, city)
    if (assessment.succeeds !== 'yunlan-2020') return `succeeds ${assessment.succeeds}`
    await page.goto(base + '/table?period=2021-08&compare=2020-08')
    await table(page)
    const [now, then] = [await read(page, `${city}/results/2021-08?rounded=1&group=district`), await read(page, '/api/v1/assessments/yunlan-2020/results/2020-08?rounded=1')]
    const was = new Map(then.groups.flatMap((group) => group.units).map((unit) => [unit.id, unit.rank]))
    const want = now.groups[0].units.map((unit) => {
      const change = was.get(unit.id) - unit.rank
      return Number.isNaN(change) ? '新' : change > 0 ? `▲${change}` : change < 0 ? `▼${-change}` : '—'
    })
    const changes = () => page.$$eval('.league .change', (all) => all.map((one) => (one.querySelector('[aria-hidden]') ?? one).textContent.trim()).join())
    await page.waitForFunction((text) => [...document.querySelectorAll('.league .change')].map((one) => (one.querySelector('[aria-hidden]') ?? one).textContent.trim()).join() === text, want.join(), { timeout: 15000 }).catch(() => {})
    const have = await changes()
    await shoot(page, 'year-before-zh-1280')
    return have === want.join() ? '' : `${have} is not ${want}`
  })
  await tried('the three lists are those of the matrix', async () => {
    await page.goto(base + '/table?period=2021-08&list=three&group=zone')
    await page.waitForSelector('.lists tbody tr')
    const matrix = await read(page, `${city}/results/2021-08/matrix?group=zone`)
    const { lists } = matrix.groups.find((group) => group.id === 'zone')
    const places = await page.$$eval('.lists section', (all) => all.map((section) => [...section.querySelectorAll('tbody td:first-child')].map((cell) => cell.textContent.trim()).join()))
    const want = ['level', 'class', 'progress'].map((kind) => lists[kind].map((one) => one.place ?? '—').join())
    await shoot(page, 'lists-zh-1280')
    const serious = await look(page)
    return places.join('|') === want.join('|') ? serious : `${places.join('|')} is not ${want.join('|')}`
  })
  await tried('what is shown is downloaded as it stands, filtered and sorted', async () => {
    await page.goto(base + '/table?period=2021-08&sort=-unit&filter=' + encodeURIComponent('区'))
    await table(page)
    await page.click('text=下载')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=本页所示（CSV）')])
    const csv = readFileSync(await download.path(), 'utf8')
    const rows = csv.trim().split('\r\n').map((line) => line.split(','))
    const names = await texts(page, '.league tbody .unit')
    const totals = await texts(page, '.league tbody .total')
    const have = rows.slice(1).map((row) => `${row[2]} ${row[3]}`).join()
    return csv.startsWith('\ufeff位次,升降,单位,总分,') && have === names.map((name, index) => `${name} ${totals[index]}`).join() && /\.csv$/.test(download.suggestedFilename()) ? '' : csv.slice(0, 400)
  })
  await tried('the whole result is downloaded as a workbook', async () => {
    await page.click('text=下载')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=全部结果')])
    const bytes = readFileSync(await download.path())
    return bytes.subarray(0, 2).toString() === 'PK' && bytes.length > 10000 && /\.xlsx$/.test(download.suggestedFilename()) ? '' : `${bytes.length} ${download.suggestedFilename()}`
  })
  await tried('beside the league table nothing is said wrong', () => wrong.join('; '))
  await close()
}

// A posting and a correction after it: each is a state that can be looked at, also on paper.
async function states(browser) {
  const office = await open(browser)
  const committee = await open(browser)
  await signIn(office.page, 'li.wei', '/table?period=2021-05')
  await signIn(committee.page, 'wang.min', '/notices')
  let posted
  await tried('a posting is a state of the result, and a later fact does not change it', async () => {
    const { page } = office
    const made = await write(page, `${city}/postings`, { period: '2021-05', reason: '五月结果' })
    await write(committee.page, `/api/v1/proposals/${made.first}/decision`, { verdict: 'accepted', reason: '同意' })
    posted = (await read(page, '/api/v1/entries?kind=posting&assessment=yunlan-2021')).items.find((one) => one.fields.period === '2021-05')
    await page.goto(base + '/table?period=2021-05')
    await table(page)
    const before = await texts(page, '.league tbody .total')
    await write(page, '/api/v1/facts', { assessment: 'yunlan-2021', facts: [{ kind: 'adjustment', fields: { unit: 'yunhu', item: 'commended', period: '2021-01', reason: '受上级督查激励' } }] }).catch(async () => {
      const proposed = await write(page, '/api/v1/facts', { assessment: 'yunlan-2021', propose: true, reason: '受上级督查激励', facts: [{ kind: 'adjustment', fields: { unit: 'yunhu', item: 'commended', period: '2021-01', reason: '受上级督查激励' } }] })
      await write(committee.page, `/api/v1/proposals/${proposed.first}/decision`, { verdict: 'accepted', reason: '同意' })
    })
    await page.click('.vintage')
    await page.click('.el-select-dropdown__item:has-text("公布稿")')
    await page.waitForFunction(() => location.search.includes('known='))
    await page.waitForSelector('.said')
    await table(page)
    const after = await texts(page, '.league tbody .total')
    await shoot(page, 'state-zh-1280')
    const known = new URL(page.url()).searchParams.get('known')
    return known === String(Number(posted.fields.size) - 1) && before.join() === after.join() ? await look(page) : `${known} ${before} ${after}`
  })
  await tried('an earlier state has no line of the year, and leads back to the present one', async () => {
    const { page } = office
    if ((await page.$$('.spark')).length > 0) return 'a line of the year'
    await page.click('.said .as-link')
    await page.waitForSelector('.spark')
    return page.url().includes('known=') ? page.url() : ''
  })
  for (const paper of ['a3', 'a4'])
    for (const language of ['zh', 'en'])
      await tried(`the posting on ${paper}, ${language}`, async () => {
        const { page, wrong, close } = await open(browser, { language })
        const known = Number(posted.fields.size) - 1
        const query = new URLSearchParams({ period: '2021-05', known, paper, number: '云考办〔2021〕12号', office: '云澜市考核办公室', date: '2021-06-10' })
        await signIn(page, 'li.wei', `/posting?${query}`)
        await page.waitForSelector('.square-code')
        const serious = await look(page)
        await shoot(page, `posting-${paper}-${language}-1280`)
        const pdf = join(screens, `posting-${paper}-${language}.pdf`)
        await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: false })
        const groups = (await page.$$('.sheet-of-paper')).length
        await close()
        const about = execFileSync('pdfinfo', ['-f', '1', '-l', '99', pdf], { encoding: 'utf8' })
        const pages = [...about.matchAll(/Page +\d+ size: +([\d.]+) x ([\d.]+)/g)].map((one) => `${Math.floor(one[1] / 10)}x${Math.floor(one[2] / 10)}`)
        const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
        const size = paper === 'a3' ? '119x84' : '84x59'
        const misses = ['云考办〔2021〕12号', posted.fields.digest.slice(0, 20), language === 'zh' ? '（盖章）' : '(Seal)'].filter((one) => !text.replace(/\s/g, '').includes(one.replace(/\s/g, '')))
        return [pages.length < groups || pages.some((one) => one !== size) ? `pages ${pages}` : '', misses.length > 0 ? `without ${misses}` : '', serious, ...wrong].filter(Boolean).join('; ')
      })
  await tried('without a posting there is no square code, and it says so', async () => {
    const { page, close } = await open(browser)
    await signIn(page, 'zhou.jie', '/posting?period=2021-04&group=district')
    await page.waitForSelector('.sheet-of-paper')
    await page.waitForTimeout(500)
    const notes = await page.textContent('.notes')
    const codes = (await page.$$('.square-code')).length
    await close()
    return codes === 0 && notes.includes('尚未公布') ? '' : notes
  })
  await office.close()
  await committee.close()
}

export async function league(browser) {
  await besideTheTable(browser)
  await states(browser)
}
