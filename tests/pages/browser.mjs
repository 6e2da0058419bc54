// What the tests of pages share: a browser, a person who signs in, what is held of every page.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { readFileSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

const root = fileURLToPath(new URL('../../', import.meta.url))
const needed = createRequire(join(root, 'web/package.json'))
const { chromium } = needed('playwright-core')
const axe = readFileSync(needed.resolve('axe-core/axe.min.js'), 'utf8')

export const screens = join(root, 'build/screens')
mkdirSync(screens, { recursive: true })

export let base = process.env.BATON_ADDRESS
export const useBase = (address) => (base = address)
export const password = process.env.BATON_PASSWORD ?? 'zongheng-kaohe-8'

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
// A browser with a folder of its own, which may be killed and begun again with what it had kept.
export async function launchKept(folder) {
  const child = spawn(process.env.CHROMIUM ?? '/usr/bin/chromium', [...flags, `--user-data-dir=${folder}`, '--remote-debugging-port=0', 'about:blank'], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  const address = await new Promise((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (part) => {
      said += part
      const found = /DevTools listening on (ws:\S+)/.exec(said)
      if (found) resolve(found[1])
    })
    child.once('exit', () => reject(new Error(`the browser ends: ${said.slice(-300)}`)))
  })
  const browser = await chromium.connectOverCDP(address)
  const kill = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    process.kill(-child.pid, 'SIGKILL') // with all that it began
    await gone
    await browser.close().catch(() => undefined)
  }
  return { context: browser.contexts()[0], kill }
}
export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags, headless: true })

const sizes = { 1280: [1280, 800], 1920: [1920, 1080], 390: [390, 844] }
const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

let passed = 0
let failed = 0
export function tell(name, why) {
  if (why) failed++
  else passed++
  console.log(why ? `FAIL ${name}: ${why}` : `ok ${name}`)
}
export function count() {
  console.log(`${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
}
// What throws is a failure of that name, and the rest goes on.
export async function tried(name, what) {
  try {
    tell(name, await what())
  } catch (error) {
    tell(name, String(error.stack ?? error).split('\n').slice(0, 8).join(' | '))
  }
}

// A browser of one person's own. What a page says wrong (content policy, errors, requests to elsewhere) is kept in `wrong`.
export async function open(browser, { width = 1280, language = 'zh', theme = 'light', motion = 'reduce' } = {}) {
  const [w, h] = sizes[width]
  const context = await browser.newContext({ viewport: { width: w, height: h }, locale: language === 'zh' ? 'zh-CN' : 'en-GB', reducedMotion: motion, colorScheme: theme, isMobile: width === 390, hasTouch: width === 390, timezoneId: 'Asia/Shanghai' })
  const wrong = []
  await context.addInitScript((chosen) => {
    if (localStorage.getItem('baton.language') === null) localStorage.setItem('baton.language', chosen)
    document.addEventListener('securitypolicyviolation', (event) => console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`))
  }, language)
  const page = await context.newPage()
  page.on('console', (message) => {
    // What a server answers with an error status is told by the browser too: the pages show it.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) wrong.push(message.text())
  })
  page.on('pageerror', (error) => wrong.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) wrong.push(`asks ${request.url()}`)
  })
  return { context, page, wrong, close: () => context.close() }
}

export async function signIn(page, person, to = '/') {
  await page.goto(base + to)
  await page.fill('input[name=username]', person)
  await page.fill('input[name=password]', password)
  await page.click('button[type=submit]')
  await page.waitForSelector('.shell, .lobby, .posting')
}

export const shown = async (page) => {
  await page.waitForLoadState('load')
  await page.waitForFunction(() => !document.querySelector('.skeleton'))
}

// What axe finds that is serious or critical.
export async function look(page) {
  await page.evaluate(axe)
  const found = await page.evaluate((only) => window.axe.run(document, { runOnly: only, resultTypes: ['violations'] }), tags)
  return found.violations
    .filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.slice(0, 2).map((node) => `${node.html.slice(0, 140)} ${node.any[0]?.message ?? ''}`).join(' & ')}`)
    .join('; ')
}

export async function shoot(page, name) {
  await page.screenshot({ path: join(screens, `${name}.png`) })
}

// How each page is looked at: both languages on a desk, the rest sampled.
export const looks = [{ language: 'zh', width: 1280 }, { language: 'en', width: 1280 }, { language: 'zh', width: 1920, theme: 'dark' }, { language: 'en', width: 390 }, { language: 'zh', width: 390, theme: 'dark' }]

// A picture of the page as it stands, and what is wrong with it: wider than the screen, serious to axe, or said by the browser. Closes it.
export async function pictured({ page, wrong, close }, name) {
  await shoot(page, name)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  const serious = await look(page)
  await close()
  return [wide > 0 ? `${wide} px wider than the screen` : '', serious, ...wrong].filter(Boolean).join('; ')
}
