// Methods between a scheme's files and MethodChoice: which an indicator has by what its row says, and what has to be written where another was chosen. Pure; the files are somebody else's.
import { isSame, type Method, type NamedMethod, type Parameters, type Plain } from './method-kinds'

type Written = { [name: string]: Plain }
const isMap = (value: unknown): value is Written => typeof value === 'object' && value !== null && !Array.isArray(value)

// The methods that `methods` of scheme.yaml names, as a YAML parser gives it, in its order. `used` has for each indicator the method that its row names, or that of `defaults`.
export function namedOf(methods: unknown, used: string[]): NamedMethod[] {
  if (!isMap(methods)) return []
  return Object.entries(methods).flatMap(([id, body]) => {
    if (!isMap(body) || typeof body.kind !== 'string') return []
    const { kind, ...parameters } = body
    return [{ id, kind: kind as string, parameters, uses: used.filter((one) => one === id).length }]
  })
}

// The method of a row: one that has the name, else the kind of that name with nothing said. null = there is neither.
export function methodNamed(name: string, named: NamedMethod[], kinds: string[]): Method | null {
  const found = named.find((one) => one.id === name)
  if (found) return { id: found.id, kind: found.kind, parameters: found.parameters }
  return kinds.includes(name) ? { id: '', kind: name, parameters: {} } : null
}

// What is to be written for a chosen method: the name in the indicator's row, and of `methods` the entry that is new or changed (null = none is).
export interface Writing {
  name: string
  entry: ({ kind: string } & Parameters) | null
}
// `needs` are kinds that stand by no parameters alone. A method without a name takes that of one that says the same, that of its kind where nothing is said of it, or a new one.
export function writingOf(method: Method, named: NamedMethod[], needs: string[]): Writing {
  const entry = { kind: method.kind, ...method.parameters } as { kind: string } & Parameters
  const own = named.find((one) => one.id === method.id)
  if (method.id !== '') return { name: method.id, entry: own && isSame(own, method) ? null : entry }
  const alike = named.find((one) => isSame({ ...one, id: '' }, method))
  if (alike) return { name: alike.id, entry: null }
  const taken = new Set(named.map((one) => one.id))
  if (Object.keys(method.parameters).length === 0 && !needs.includes(method.kind) && !taken.has(method.kind)) return { name: method.kind, entry: null }
  let name = `${method.kind}_1`
  for (let n = 2; taken.has(name); n++) name = `${method.kind}_${n}`
  return { name, entry }
}
