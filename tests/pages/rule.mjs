// What an editor of rules is told of an expression: findings with their character, its words, what it reads that is not there.
import { serveCity, client } from './served.mjs'
import { count, tried } from './browser.mjs'

const city = await serveCity()
const economy = [{ kind: 'node', id: 'economy', name: '经济' }]
const gdp = [{ kind: 'element', id: 'gdp', name: '地区生产总值' }]
// expression, place, names, codes of findings with their characters, whether it is sound, what is unknown
const cases = [
  ['100*yoy(gdp)', 'value', gdp, [], true, []],
  ['100*yoy(gdp) / peopel', 'value', gdp, [], true, ['peopel']],
  ['gdp / ', 'value', gdp, ['RULE_ENDS_EARLY 7'], false, []],
  ['node(ecnomy) > 1', 'grades', economy, ['RULE_NODE_UNKNOWN 6'], false, []],
  ['node(anything) > 1', 'grades', [], [], true, []],
  ['node(economy)', 'value', economy, ['RULE_FUNCTION_ELSEWHERE 1'], false, []],
  ['p*2+x', 'methods', [{ kind: 'where', id: 'p' }], [], true, []],
  ["grade == 'god'", 'awards', [{ kind: 'code', id: 'good' }], ['RULE_CODE_UNKNOWN 10'], true, []],
  ["grade == 'god'", 'awards', [], [], true, []],
  ['event(no)', 'value', [], ['RULE_ITEM_UNKNOWN 7'], false, []],
  ['𠮷 + )', 'value', [], ['RULE_VALUE_EXPECTED 5'], false, []],
  ['x+'.repeat(2040) + 'x', 'methods', [], ['RULE_TOO_MANY_PARTS'], false, []],
]
try {
  const office = await client(city.base, city.first, 'li.wei')
  for (const [expression, place, names, codes, sound, unknown] of cases)
    await tried(`rule: ${expression.slice(0, 30)} at ${place}`, async () => {
      const { status, body } = await office('POST', '/rules/check', { expression, place, ...(names.length > 0 ? { names } : {}) })
      const told = (body.findings ?? []).map((one) => `${one.code} ${one.column}`)
      const same = status === 200 && body.sound === sound && told.length === codes.length && codes.every((code, i) => told[i].startsWith(code)) && String(body.unknown) === String(unknown) && ('words' in body) === sound
      return same ? '' : `${status} ${JSON.stringify(body).slice(0, 400)}`
    })
  await tried('rule: its words have the names that came with it', async () => {
    const { body } = await office('POST', '/rules/check', { expression: '100*yoy(gdp)', place: 'value', names: gdp })
    return body.words === '地区生产总值比上年同期增长的百分数' ? '' : body.words
  })
  await tried('rule: a clerk is refused', async () => {
    const clerk = await client(city.base, city.first, 'chen.li')
    const { status } = await clerk('POST', '/rules/check', { expression: '1', place: 'value' })
    return status === 403 ? '' : `status ${status}`
  })
} finally {
  await city.end()
}
process.exitCode = count()
