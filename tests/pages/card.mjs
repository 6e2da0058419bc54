// The report card of a unit: what stands on it, what opens, what is taken along, what is printed; for whoever may not see all of it, too. Needs $BATON.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { count, launch, look, looks, open, pictured, screens, shoot, shown, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const A = '/assessments/yunlan-2021'
const CARD = '/unit?period=2021-08&unit=yunhu'
const city = await serveCity()
useBase(city.base)
await client(city.base, city.first, 'chen.li') // first passwords are changed
const office = await client(city.base, city.first, 'li.wei')
const result = (await office('GET', `${A}/results/2021-08?rounded=1&group=district`)).body.groups[0].units
const matrix = (await office('GET', `${A}/results/2021-08/matrix?unit=yunhu`)).body.groups[0]
const own = result.find((unit) => unit.id === 'yunhu')
const texts = (page, selector) => page.$$eval(selector, (all) => all.map((one) => one.textContent.trim()))
const same = (have, want) => (JSON.stringify(have) === JSON.stringify(want) ? '' : `${JSON.stringify(have)} is not ${JSON.stringify(want)}`)

async function begin(browser, to = CARD, how = {}, person = 'li.wei') {
  const here = await open(browser, how)
  await signIn(here.page, person, to)
  await here.page.waitForSelector('.card')
  return here
}
// The year is there when its last period is, and the mean of the group.
const whole = (page) => page.waitForFunction(() => document.querySelectorAll('.card-course .dot').length === 12 && document.querySelector('.card-course .line.mean[d*=L]') && document.querySelector('.card-moves table'))

async function wholeCard(browser) {
  const { page, wrong, close } = await begin(browser)
  await whole(page)
  await tried('the card says what the result says', async () => {
    const place = await page.textContent('.card-place')
    const blocks = await page.$$eval('.card-points tbody tr', (rows) => rows.map((row) => [row.cells[1].textContent, row.cells[4].textContent, row.cells[5].textContent]))
    const signed = (value) => (Math.abs(value) < 0.005 ? '' : value > 0 ? '+' : '−') + Math.abs(value).toFixed(2)
    const want = own.nodes
      .filter((node) => node.level === 1 && !node.notes?.includes('na'))
      .map((node) => {
        const of = matrix.indicators.find((one) => one.node === node.node)
        return node.score === undefined ? ['未到期', '—', '—'] : [node.points.toFixed(2), signed(node.score - of.mean), signed(node.score - of.highest)]
      })
    // A score is rounded here and a mean is not: their difference may end in another digit, so only the first ones are held to each other.
    const near = (rows) => rows.map((row) => row.map((one) => one.slice(0, -1)))
    return [place.includes(own.score.toFixed(2)) && place.includes(`第 ${own.rank} 位`) ? '' : place, same(near(blocks), near(want))].filter(Boolean).join('; ')
  })
  await tried('the year has twelve periods, their ranks and the mean of the group', async () => {
    await page.click('.card-course .chart-tools button')
    const rows = await page.$$eval('.card-course tbody tr', (all) => all.map((row) => [...row.cells].map((one) => one.textContent.trim())))
    const shownRow = rows[7]
    const mean = (result.reduce((sum, unit) => sum + unit.score, 0) / result.length).toFixed(2)
    return same([rows.length, shownRow], [12, ['2021年8月', own.score.toFixed(2), mean, String(own.rank), '优秀']])
  })
  await tried('a count opens its list, the address says so, and its rows lead to why', async () => {
    const counts = await texts(page, '.counts dd:first-of-type button strong')
    const tree = new Map((await office('GET', A)).body.tree.map((node) => [node.id, node]))
    const common = own.nodes.filter((node) => tree.get(node.node)?.leaf && !tree.get(node.node).individual)
    const want = ['good', 'fairly_good', 'fair', 'poor'].map((rating) => String(common.filter((node) => node.rating === rating).length))
    await page.focus('.counts dd:first-of-type button:nth-child(3)')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#rating-list tbody tr')
    const names = await texts(page, '#rating-list tbody th')
    const fair = common.filter((node) => node.rating === 'fair').map((node) => tree.get(node.node).name.zh)
    const address = page.url()
    await page.click('#rating-list tbody th a')
    await page.waitForSelector('.why')
    const title = await page.textContent('.why h2')
    await page.goBack()
    await page.waitForSelector('#rating-list tbody tr')
    return [same(counts.slice(0, 4), want), same(names, fair), address.includes('list=common') ? '' : address, title.includes(fair[0]) ? '' : title].filter(Boolean).join('; ')
  })
  await tried('what lost most stands first, and is worked out right', async () => {
    const have = await page.$$eval('.card-most section:first-child tbody tr', (rows) => rows.map((row) => row.cells[1].textContent))
    const leaves = new Set((await office('GET', A)).body.tree.filter((node) => node.leaf).map((node) => node.id))
    const want = own.nodes.filter((node) => leaves.has(node.node) && node.points !== undefined).map((node) => node.weight - node.points).sort((x, y) => y - x).slice(0, 5).map((one) => one.toFixed(2))
    return same(have, want)
  })
  await tried('what moved is told against the period that is chosen', async () => {
    await page.goto(`${city.base}${CARD}&compare=2021-03`)
    await page.waitForSelector('.card-moves table')
    const then = (await office('GET', `${A}/results/2021-03?rounded=1&unit=yunhu`)).body.groups[0].units[0]
    const of = (unit) => unit.nodes.find((node) => node.node === 'economy')
    const row = await page.$eval('.card-moves tbody tr', (one) => [...one.cells].map((cell) => cell.textContent.trim()))
    const change = of(own).points - of(then).points
    return same([row[1], row[3]], [String(of(own).rank), `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(2)}`])
  })
  await tried('a chart is taken along as SVG, PNG and CSV', async () => {
    const found = []
    for (const [form, sign] of [['SVG', /^<svg [^>]*xmlns/], ['PNG', /^\x89PNG/], ['CSV', /^\ufeff周期,总分,组均值,位次,等次\r\n2021-01,/]]) {
      const waiting = page.waitForEvent('download')
      await page.click(`.card-course .chart-tools button:has-text("${form}")`)
      const file = await waiting
      const path = join(screens, `course.${form.toLowerCase()}`)
      await file.saveAs(path)
      const text = readFileSync(path, form === 'PNG' ? 'latin1' : 'utf8')
      if (!sign.test(text) || !file.suggestedFilename().endsWith(`.${form.toLowerCase()}`) || /class=|style=/.test(form === 'SVG' ? text : '')) found.push(`${form} ${file.suggestedFilename()} ${text.slice(0, 80)}`)
    }
    return found.join('; ')
  })
  await tried('it is printed on one page', async () => {
    for (const [name, to] of [['card', CARD], ['card-open', `${CARD}&list=common:good`], ['card-duties', '/unit?period=2021-12&unit=statistics']]) {
      await page.goto(city.base + to)
      await page.waitForSelector('.card-moves, .card-closed')
      await page.waitForTimeout(500)
      const bytes = (await page.pdf({ preferCSSPageSize: true, path: join(screens, `${name}-zh-a4.pdf`) })).toString('latin1')
      const pages = bytes.match(/\/Type\s*\/Page\b/g)?.length
      const box = bytes.match(/\/MediaBox\s*\[0 0 (\d+)[.\d]* (\d+)/)
      if (pages !== 1 || Number(box?.[1]) > Number(box?.[2])) return `${name}: ${pages} pages, ${box?.[0]}`
    }
  })
  await tried('the search goes from unit to unit, and to an indicator of this one', async () => {
    await page.goto(city.base + CARD)
    await page.waitForSelector('.card')
    await page.focus('.search-box input')
    await page.keyboard.type('锦汀')
    await page.waitForSelector('.search-box [aria-selected=true]')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('.card-head h2')?.textContent === '锦汀区')
    await page.keyboard.type('固定资产')
    await page.waitForSelector('.search-box [aria-selected=true]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.why')
    const at = new URL(page.url())
    return same([at.pathname, at.searchParams.get('unit'), at.searchParams.get('node')], ['/why', 'jinting', 'investment'])
  })
  await tried('a row of the league table leads to the card', async () => {
    await page.goto(`${city.base}/table?period=2021-08&unit=yunhu`)
    await page.click('.detail-links a')
    await page.waitForSelector('.card')
    return same(await page.textContent('.card-head h2'), '云湖区')
  })
  await tried('a unit that there is not says so, and offers those that there are', async () => {
    await page.goto(`${city.base}/unit?unit=nowhere`)
    await page.waitForSelector('.unit-choice a')
    await shoot(page, 'card-unknown-zh-1280')
    const said = await page.textContent('.main')
    return said.includes('nowhere') && said.includes('云湖区') ? '' : said.slice(0, 200)
  })
  await tried('nothing was said wrong', () => wrong.join('; '))
  await close()
}

// A clerk: of other units the total alone; of one's own all, but not what others have.
async function clerk(browser) {
  await tried('a clerk sees the total of others, and is told why no more', async () => {
    const { page, wrong, close } = await begin(browser, CARD, {}, 'chen.li')
    await page.waitForSelector('.card-closed')
    const said = await page.textContent('.card')
    await shoot(page, 'card-closed-zh-1280')
    const serious = await look(page)
    await close()
    return [said.includes(own.score.toFixed(2)) && said.includes('不含分项得分') && !said.includes('经济发展') ? '' : said.slice(0, 300), serious, ...wrong].filter(Boolean).join('; ')
  })
  await tried('without a unit in the address a clerk comes to the own one, without mean and best of the others', async () => {
    const { page, wrong, close } = await begin(browser, '/unit', {}, 'chen.li')
    await page.waitForSelector('.card-points')
    const said = await page.textContent('.card-points')
    const ticks = (await page.$$('.card-blocks .tick-mean')).length
    await shoot(page, 'card-own-zh-1280')
    await close()
    return [said.includes('不显示组均值') && ticks === 0 ? '' : `${ticks} ${said}`, ...wrong].filter(Boolean).join('; ')
  })
}

async function ways(browser) {
  for (const how of looks) {
    const name = `card-${how.language}-${how.width}${how.theme ? '-dark' : ''}`
    await tried(`page ${name}`, async () => {
      const { page, wrong, close } = await begin(browser, `${CARD}&list=common:fair`, how)
      await whole(page)
      await shown(page)
      return pictured({ page, wrong, close }, name)
    })
  }
}

const browser = await launch()
try {
  await wholeCard(browser)
  await clerk(browser)
  await ways(browser)
} finally {
  await browser.close()
  await city.end()
}
process.exit(count())
