// What differs between two schemes, row by row and field by field, for two people who wrote on one draft and for whoever proposes. Pure.
import { columns, fieldOf, type Scheme } from './scheme'

export interface Difference {
  file: string
  id: string // of the indicator; of a line of weights with its unit or group; '' = the file
  name: string
  what: 'added' | 'removed' | 'changed'
  field: string
  before: string
  after: string
}

export function differencesOf(before: Scheme, after: Scheme): Difference[] {
  const out: Difference[] = []
  const nameOf = (id: string): string => fieldOf(after, id, 'name') || fieldOf(before, id, 'name') || id
  const ids = [...after.nodes.map((node) => node.id), ...before.nodes.map((node) => node.id).filter((id) => !after.byId.has(id))]
  for (const id of ids) {
    const is = after.byId.has(id)
    const was = before.byId.has(id)
    if (is !== was) out.push({ file: 'indicators.csv', id, name: nameOf(id), what: is ? 'added' : 'removed', field: '', before: '', after: '' })
    else
      for (const field of columns) {
        const [old, now] = [fieldOf(before, id, field), fieldOf(after, id, field)]
        if (old !== now) out.push({ file: 'indicators.csv', id, name: nameOf(id), what: 'changed', field, before: old, after: now })
      }
  }
  const keys = [...new Set([...before.given.keys(), ...after.given.keys()])]
  for (const key of keys) {
    const [old, now] = [before.given.get(key)?.text ?? '', after.given.get(key)?.text ?? '']
    const [whom, id] = key.split(' ') as [string, string]
    if (old !== now) out.push({ file: 'weights.csv', id, name: nameOf(id), what: 'changed', field: whom, before: old, after: now })
  }
  const tables = ['indicators.csv', 'weights.csv']
  for (const name of [...new Set([...Object.keys(before.texts), ...Object.keys(after.texts)])].sort()) {
    const [old, now] = [before.texts[name], after.texts[name]]
    if (old !== now && !tables.includes(name)) out.push({ file: name, id: '', name, what: old === undefined ? 'added' : now === undefined ? 'removed' : 'changed', field: '', before: '', after: '' })
  }
  return out
}
