import { describe, expect, it } from 'vitest'
import en from './en'
import { fieldsOf, inFours, kinds, numberOf } from './entries'
import { beforeOf, queryOf } from './pages'
import { agentName } from './sessions'
import zh from './zh'

const { readFileSync } = await import(/* @vite-ignore */ 'node:fs' as string)
const [factKinds, auditEvents] = ['fact_kinds', 'audit_events'].map((name) => readFileSync(new URL(`../../../src/ledger/${name}.def`, import.meta.url), 'utf8') as string) as [string, string]

describe('entries', () => {
  it('have a name for every kind that the ledger knows, the same that it uses itself', () => {
    const rows = [...factKinds.matchAll(/^X\(\w+,\s+"(\w+)".*, [01], "([^"]+)", "([^"]+)"\)$/gm)]
    expect(rows.length).toBeGreaterThan(25)
    expect(zh.kinds).toEqual(Object.fromEntries(rows.map((row) => [row[1], row[3]])))
    expect(en.kinds).toEqual(Object.fromEntries(rows.map((row) => [row[1], row[2]])))
    expect([...kinds, 'audit'].sort()).toEqual(rows.map((row) => row[1]).sort())
  })
  it('have a name for every event and outcome of the audit', () => {
    const words = (letter: string): string[] => [...auditEvents.matchAll(new RegExp(`^${letter}\\(\\w+,\\s+"(\\w+)"`, 'gm'))].map((row) => row[1]!)
    for (const of of [zh, en]) {
      expect(Object.keys(of.audit.events)).toEqual(words('X').sort((x, y) => Object.keys(of.audit.events).indexOf(x) - Object.keys(of.audit.events).indexOf(y)))
      expect(Object.keys(of.audit.outcomes)).toEqual(words('Y'))
    }
  })
  it('tell what they say before what the ledger adds, and facts in proposals', () => {
    const fields = fieldsOf({ '@corrects': '12', value: '3', 'fact:0001': { kind: 'observation', fields: { unit: 'a' } }, table: { content: 'ab' } })
    expect(fields.map((one) => [one.name, one.text, one.content, one.kind, one.inner.length])).toEqual([
      ['value', '3', '', '', 0],
      ['fact:0001', '', '', 'observation', 1],
      ['table', '', 'ab', '', 0],
      ['@corrects', '12', '', '', 0],
    ])
    expect(fields.map(numberOf)).toEqual(['', '', '', '12'])
  })
  it('are asked for page by page', () => {
    expect(beforeOf('/api/v1/entries?before=12&limit=100&kind=post')).toBe('12')
    expect(beforeOf(null)).toBe('')
    expect(queryOf({ kind: 'post', actor: '', to: '2021-08-27' }, '9')).toBe('limit=100&kind=post&to=2021-08-27&before=9')
  })
  it('shows digests in fours', () => expect(inFours('0123456789ab')).toBe('0123 4567 89ab'))
})

describe('browsers', () => {
  it('are told in a few words', () => {
    expect(agentName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0')).toBe('Edge 126 · Windows')
    expect(agentName('Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0')).toBe('Firefox 128 · Linux')
    expect(agentName('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1')).toBe('Safari 17 · iOS')
    expect(agentName('curl/8.1')).toBe('curl/8.1')
    expect(agentName(null)).toBe('')
  })
})
