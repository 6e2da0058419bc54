// A draft of a scheme is tried over HTTP: what the command says of the same two schemes; once proposed, the same again; once a second person has decided, the table is the one that was foretold. Needs $BATON.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { count, password, tried } from './browser.mjs'
import { client, serveCity } from './served.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const A = '/assessments/yunlan-2021'
const city = await serveCity({ people: [['wang.min', '王敏', 'office']] })
const folder = mkdtempSync(join(tmpdir(), 'baton-trial-'))
const baton = (...args) => execFileSync(process.env.BATON, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] })
const same = (have, want, of) => (JSON.stringify(have) === JSON.stringify(want) ? '' : `${of}: ${JSON.stringify(have).slice(0, 300)} is not ${JSON.stringify(want).slice(0, 300)}`)
// What does not depend on which period or file the two schemes came from.
const alike = (one, other) => ['amendments', 'units', 'stability', 'replay'].map((part) => same(one[part], other[part], part)).filter(Boolean).join('; ')

// An archive is sent by a session of its own, as `client` sends JSON.
async function sender(person) {
  const answer = await fetch(`${city.base}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ person, password }) })
  const { csrf } = await answer.json()
  const cookie = answer.headers.get('set-cookie').split(';')[0]
  return async (path, bytes) => {
    const told = await fetch(`${city.base}/api/v1${path}`, { method: 'POST', headers: { Cookie: cookie, 'X-CSRF-Token': csrf, 'Content-Type': 'application/zip', 'Accept-Language': 'zh', 'Idempotency-Key': crypto.randomUUID() }, body: bytes })
    return { status: told.status, body: await told.json() }
  }
}

try {
  const li = await client(city.base, city.first, 'li.wei')
  const wang = await client(city.base, city.first, 'wang.min')
  const send = await sender('li.wei')
  const draft = join(folder, 'city')
  cpSync(join(root, 'examples/city'), draft, { recursive: true })
  const weights = join(draft, 'weights.csv')
  const before = readFileSync(weights, 'utf8')
  const after = before.replace('group:zone,economy,45', 'group:zone,economy,25').replace('group:zone,innovation,20', 'group:zone,innovation,40')
  writeFileSync(weights, after)
  baton('convert', draft, '-o', join(folder, 'draft.zip'))
  const bytes = readFileSync(join(folder, 'draft.zip'))
  const command = JSON.parse(baton('diff', 'examples/city', draft, '--format', 'json'))
  let number = 0
  let foretold = ''
  await tried('a trial of a package says what the command says', async () => {
    const told = await send(`${A}/scheme/trial`, bytes)
    return [told.status === 200 && command.amendments.length === 2 && command.replay.units.some((unit) => unit.old.rank !== unit.replayed.rank) ? '' : `${told.status} ${command.amendments.length}`, alike(told.body, command)].filter(Boolean).join('; ')
  })
  await tried('only the changes: no replay', async () => {
    const told = await send(`${A}/scheme/trial?changes=1`, bytes)
    return [same(told.body.amendments, command.amendments, 'amendments'), told.body.replay ? 'there is a replay' : ''].filter(Boolean).join('; ')
  })
  await tried('words are those of the language, with the clause and names', async () => {
    const { body } = await send(`${A}/scheme/trial?words=1`, bytes)
    const [first] = body.amendments
    const zone = body.replay.units.find((unit) => unit.unit === 'zone_tech')
    return first.changes[0].words === '“经济发展”（开发区）权重由45改为25' && first.clause.title.length > 0 && zone.name.zh === '云澜经济技术开发区' ? '' : JSON.stringify([first, zone])
  })
  await tried('parts of each unit add up to its change', async () => {
    const off = command.replay.units.filter((unit) => unit.old.rank !== null && unit.replayed.rank !== null && Math.abs(unit.attribution.reduce((sum, part) => sum + part.rank, unit.remainder.rank) - (unit.old.rank - unit.replayed.rank)) > 1e-9)
    return off.length === 0 ? '' : JSON.stringify(off[0])
  })
  await tried('what is proposed is told the same', async () => {
    const told = await send(`${A}/import?propose=1&in_force=2021-01&reason=${encodeURIComponent('会议纪要')}`, bytes)
    number = told.body.packages?.find((one) => one.assessment === 'yunlan-2021')?.scheme_proposal
    if (!number) return JSON.stringify(told.body)
    const { body } = await wang('GET', `${A}/scheme/trial?proposal=${number}`)
    const months = (await wang('GET', `${A}/scheme/trial?proposal=${number}&period=2021-12`)).body
    foretold = months.replay.units.map((unit) => `${unit.unit} ${unit.replayed.rank} ${unit.replayed.score}`).sort().join()
    return alike(body, command)
  })
  const table = async () => (await li('GET', `${A}/results/2021-12?rounded=1`)).body.groups.flatMap((group) => group.units.map((unit) => `${unit.id} ${unit.rank ?? null} ${unit.score ?? null}`)).sort().join()
  await tried('a second person decides, and the table is the one foretold', async () => {
    const old = await table()
    const own = await li('POST', `/proposals/${number}/decision`, { verdict: 'accepted' })
    const decided = await wang('POST', `/proposals/${number}/decision`, { verdict: 'accepted' })
    let now = old
    for (let i = 0; i < 50 && now === old; i++) {
      now = await table()
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    return [own.status >= 400 ? '' : 'whoever proposed it decided on it', decided.status < 300 ? '' : JSON.stringify(decided.body), old === now ? 'the table is as it was' : '', same(now, foretold, 'table')].filter(Boolean).join('; ')
  })
  await tried('then there is nothing that differs', async () => {
    const { body } = await send(`${A}/scheme/trial`, bytes)
    return same(body.amendments, [], 'amendments')
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
  await city.end()
}
process.exitCode = count()
