// The screen of a hall, lying and upright: names and ranks are at least 1/22 of its height, everything fits, every unit is on one of the screens.
import { count, launch, look, open, shoot, signIn, tried, useBase } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const city = await serveCity({ people: [['zhou.jie', '周洁', 'leader']] })
useBase(city.base)
const browser = await launch()
try {
  await client(city.base, city.first, 'zhou.jie')
  for (const [width, height, language, theme] of [[1920, 1080, 'zh', 'dark'], [1080, 1920, 'zh', 'light'], [1080, 1920, 'en', 'dark'], [2160, 3840, 'zh', 'dark']])
    await tried(`names and ranks are as large as a hall needs at ${width}x${height}, ${language}, and all of them are there`, async () => {
      const { page, wrong, close } = await open(browser, { language, theme })
      await page.setViewportSize({ width, height })
      await signIn(page, 'zhou.jie', '/screen?a=yunlan-2021&period=2021-08')
      await page.waitForSelector('.lobby tbody tr')
      await page.keyboard.press('Space') // it stays until it is told
      const units = await page.evaluate(async () => (await (await fetch('/api/v1/assessments/yunlan-2021')).json()).groups.reduce((sum, group) => sum + group.units.length, 0))
      const many = Number(/\/ (\d+)/.exec(await page.textContent('.lobby footer'))[1])
      const faults = new Set()
      let rows = 0
      let serious = ''
      for (let at = 0; at < many; at++) {
        await page.waitForFunction((number) => document.querySelector('.lobby footer').textContent.includes(`${number} / `), at + 1)
        await page.waitForTimeout(50)
        const seen = await page.evaluate(() => {
          const least = window.innerHeight / 22
          const size = (element) => parseFloat(getComputedStyle(element).fontSize)
          const found = []
          const all = [...document.querySelectorAll('.lobby tbody tr')]
          const foot = document.querySelector('.lobby footer').getBoundingClientRect()
          for (const row of all) {
            const [rank, name, total] = row.children
            if (size(rank) < least || size(name) < least) found.push(`${size(name)} and ${size(rank)} px, ${least} wanted`)
            for (const cell of [rank, name, total]) if (cell.scrollWidth > cell.clientWidth + 1) found.push(`too wide: ${cell.textContent}`)
            if (row.getBoundingClientRect().bottom > foot.top + 1) found.push(`below the foot: ${name.textContent}`)
          }
          if (foot.bottom > window.innerHeight + 1 || document.documentElement.scrollWidth > window.innerWidth) found.push('larger than the screen')
          return { rows: all.length, found }
        })
        rows += seen.rows
        for (const one of seen.found) faults.add(`${at + 1}: ${one}`)
        if (seen.rows > 12) faults.add(`${seen.rows} rows`)
        if (at === 0) {
          serious = await look(page)
          await shoot(page, `screen-${width}x${height}-${language}-${theme}`)
        }
        if (at === Math.floor(many / 2)) await shoot(page, `screen-${width}x${height}-${language}-${theme}-middle`)
        await page.keyboard.press('ArrowRight')
      }
      await close()
      return [[...faults].slice(0, 6).join('; '), rows < units - 3 ? `${rows} of ${units} units` : '', serious, ...wrong].filter(Boolean).join('; ')
    })
} finally {
  await browser.close()
  await city.end()
}
process.exitCode = count()
