import { describe, expect, it } from 'vitest'
import { accountState, chosen, dayOf, fieldsOf, heldOn, mayAct, sorted, whenOf, type Account, type Person, type PersonPost } from './people'

const now = Date.parse('2021-08-27T20:00:00Z') // already the 28th in China
const post = (role: string, more: Partial<PersonPost> = {}): PersonPost => ({ position: 1, role, unit: null, assessment: null, indicator: null, deputy: false, from: '2021-01-01', to: null, ...more })
const person = (id: string, posts: PersonPost[], name: string | null = id): Person => ({ id, name, note: null, position: 1, posts })
const account = (id: string, expires: string, first = false): Account => ({ person: id, made: '', changed: '', expires, first })

describe('people', () => {
  it('hold a post from its first to its last day, by the clocks of China', () => {
    expect(dayOf(now)).toBe('2021-08-28')
    expect(whenOf(post('unit', { to: '2021-08-28' }), '2021-08-28')).toBe('now')
    expect(whenOf(post('unit', { to: '2021-08-27' }), '2021-08-28')).toBe('over')
    expect(whenOf(post('unit', { from: '2021-08-29' }), '2021-08-28')).toBe('later')
    expect(heldOn(person('a', [post('unit', { from: '2021-08-29' })]), '2021-08-28')).toEqual([])
  })
  it('are sorted: posts that are held, to come, over', () => {
    const all = [post('unit', { to: '2021-02-01' }), post('owner', { from: '2022-01-01' }), post('office'), post('leader', { from: '2021-03-01' })]
    expect(sorted(all, '2021-08-28').map((one) => one.role)).toEqual(['leader', 'office', 'owner', 'unit'])
  })
  it('have an account, or none, or one that waits for them', () => {
    expect(accountState(undefined, now)).toBe('none')
    expect(accountState(account('a', '2021-08-27T19:00:00Z', true), now)).toBe('expired')
    expect(accountState(account('a', '2021-09-27T19:00:00Z', true), now)).toBe('first')
    expect(accountState(account('a', '2021-09-27T19:00:00Z'), now)).toBe('good')
  })
  it('are tended by the security administrator, and by the office until there is one', () => {
    const office = person('o', [post('office')])
    const ended = person('s', [post('security_admin', { to: '2021-08-27' })])
    const held = person('s', [post('security_admin')])
    const partly = person('s', [post('security_admin', { assessment: 'a' })])
    expect(mayAct(['office'], [office, ended, partly], '2021-08-28')).toBe(true)
    expect(mayAct(['office'], [office, held], '2021-08-28')).toBe(false)
    expect(mayAct(['security_admin'], [office, held], '2021-08-28')).toBe(true)
    expect(mayAct(['auditor'], [], '2021-08-28')).toBe(false)
  })
  it('are found by name, unit, role and what is the matter with them', () => {
    const people = [person('li.wei', [post('office')], '李伟'), person('zhao', [post('unit', { unit: 'Yunhu' })], '赵青'), person('old', [post('unit', { to: '2021-01-02' })])]
    const accounts = new Map([['li.wei', account('li.wei', '2021-09-27T19:00:00Z')], ['zhao', account('zhao', '2021-08-01T19:00:00Z')]])
    const found = (wanted: object): string => chosen(people, accounts, { text: '', role: '', only: '', ...wanted }, now).map((one) => one.id).join()
    expect(found({})).toBe('li.wei,zhao,old')
    expect(found({ text: ' 李 ' })).toBe('li.wei')
    expect(found({ text: 'yunhu' })).toBe('zhao')
    expect(found({ role: 'unit' })).toBe('zhao')
    expect(found({ only: 'idle' })).toBe('old')
    expect(found({ only: 'none' })).toBe('old')
    expect(found({ only: 'expired' })).toBe('zhao')
  })
  it('are said with the fields that were filled in', () => expect(fieldsOf({ id: ' a ', note: ' ', unit: '' })).toEqual({ id: 'a' }))
})
