// A server of the example city of a test's own, with periods that are open, that may be killed and begun again at the same address.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const baton = process.env.BATON
export const password = 'zongheng-kaohe-8'

// id, name, role, unit
const people = [
  ['li.wei', '李伟', 'office'],
  ['chen.li', '陈丽', 'unit', 'statistics'],
  ['zhou.yan', '周燕', 'unit', 'statistics'],
  ['zhao.qing', '赵青', 'approver', 'statistics'],
  ['sun.wei', '孙伟', 'owner', 'development_reform'],
]

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

// With `people` and `periods` ([period, due]) more; `edit` may change a copy of the package before it is taken in.
export async function serveCity({ people: others = [], periods: more = [], edit = null } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'baton-pages-'))
  const ledger = join(folder, 'city.db')
  const run = (...args) => execFileSync(baton, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
  let city = 'examples/city'
  if (edit) {
    cpSync(join(root, city), join(folder, 'city'), { recursive: true })
    city = join(folder, 'city')
    edit(city)
  }
  run('init', ledger, '--as', 'li.wei', '--name', '李伟', '--from', city)
  const first = {}
  for (const [id, name, role, unit] of [...people, ...others]) {
    if (id !== 'li.wei') run('user', ledger, 'add', id, '--name', name, '--role', role, ...(unit ? ['--unit', unit] : []), '--from', '2020-01-01', '--as', 'li.wei')
    first[id] = run('account', ledger, 'make', id)
  }
  for (const [period, due] of [['2022-01', '2999-12-31'], ['2022-02', '2999-12-31'], ...more]) run('correct', ledger, '--add', '--kind', 'period', period, 'opens=2022-02-01', `due=${due}`, '--as', 'li.wei')
  const config = join(folder, 'serve.yaml')
  writeFileSync(config, 'second_factor:\n  of: nobody\nlimits: {account: {reads: 0, writes: 0, costly: 0}, address: {reads: 0, writes: 0, costly: 0}}\npasswords: {hash_kib: 8192, hash_passes: 1}\n')
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  let server = null
  const begin = async () => {
    server = spawn(baton, ['serve', ledger, '--config', config, '--listen', `127.0.0.1:${port}`], { stdio: 'ignore' })
    for (let i = 0; i < 600; i++) {
      try {
        if ((await fetch(base + '/readyz')).ok) return
      } catch {
        // not yet
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('the server does not begin')
  }
  const kill = async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGKILL')
    await gone
  }
  await begin()
  return { base, first, begin, kill, run: (command, ...args) => run(command, ledger, ...args), end: async () => { await kill(); rmSync(folder, { recursive: true, force: true }) } }
}

// Somebody who asks the interface as a program would, signed in with the password of the tests.
export async function client(base, first, person) {
  const ask = async (method, path, body, more = {}) => {
    const answer = await fetch(`${base}/api/v1${path}`, { method, headers: { 'Content-Type': 'application/json', 'Accept-Language': 'zh', 'Idempotency-Key': crypto.randomUUID(), ...more }, body: body ? JSON.stringify(body) : undefined })
    const text = await answer.text()
    return { status: answer.status, body: text && /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text, cookie: answer.headers.get('set-cookie') }
  }
  let session = await ask('POST', '/session', { person, password })
  if (session.status === 401) session = await ask('POST', '/session/password', { person, password: first[person], new_password: password })
  if (session.status !== 201) throw new Error(`${person} cannot sign in: ${JSON.stringify(session.body)}`)
  const more = { Cookie: session.cookie.split(';')[0], 'X-CSRF-Token': session.body.csrf }
  return (method, path, body) => ask(method, path, body, more)
}
