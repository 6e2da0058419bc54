// What an editor of rules has to know of the language (docs/rule-language.md): its words for colouring and completing, and where a finding stands. What is sound is for the engine.
import type { Texts } from '../words'

export interface RuleFunction {
  name: string
  usage: string
  is: Texts
  places: string[]
}
export interface RuleName {
  name: string
  is: Texts
  places: string[]
}
export interface KnownName {
  kind: 'element' | 'node' | 'unit' | 'item' | 'import' | 'code' | 'where'
  id: string
  name?: string
}
export interface RuleFinding {
  code: string
  severity: 'error' | 'warning' | 'note'
  column: number | null // character of the expression, from 1
  message: string
  advice: string
}
export interface Option {
  label: string
  detail: string
  info: string
  apply: string
  type: string
}

// As names may be written: else in backquotes.
const PLAIN = /^[\p{Script=Han}A-Za-z_][\p{Script=Han}A-Za-z0-9_.]*$/u
const TAKEN = ['and', 'or', 'not', 'where']

export function written(id: string): string {
  return PLAIN.test(id) && !TAKEN.includes(id) ? id : '`' + id + '`'
}

// A finding counts characters as people do; a text of the browser counts units of UTF-16.
export function offsetOf(text: string, column: number | null): number {
  if (column === null) return 0
  let offset = 0
  let left = column - 1
  for (const character of text) {
    if (left-- <= 0) break
    offset += character.length
  }
  return offset
}

// The piece of text that a finding is about: the word, number or sign that begins there. At the end it is the character before.
export function rangeOf(text: string, column: number | null): { from: number; to: number } {
  const from = column === null ? 0 : offsetOf(text, column)
  if (column === null) return { from: 0, to: text.length }
  if (from >= text.length) return { from: Math.max(0, text.length - 1), to: text.length }
  const word = /^(`[^`]*`?|'[^']*'?|[\p{L}\p{N}_.]+|[<>=!]=?|[^])/u.exec(text.slice(from))!
  return { from, to: from + word[0].length }
}

export type TokenKind = 'number' | 'text' | 'name' | 'function' | 'word' | 'operator' | 'quoted' | 'other'
export interface Token {
  kind: TokenKind
  size: number
}

// The token at the beginning of a text that is not empty.
export function tokenOf(text: string): Token {
  const is = (kind: TokenKind, pattern: RegExp): Token | null => {
    const found = pattern.exec(text)
    return found ? { kind, size: found[0].length } : null
  }
  const name = is('name', /^[\p{Script=Han}A-Za-z_][\p{Script=Han}A-Za-z0-9_.]*/u)
  if (name) {
    if (TAKEN.includes(text.slice(0, name.size))) return { ...name, kind: 'word' }
    return /^\s*\(/.test(text.slice(name.size)) ? { ...name, kind: 'function' } : name
  }
  return (
    is('number', /^(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?%?/) ??
    is('text', /^'[^']*'?/) ??
    is('quoted', /^`[^`]*`?/) ??
    is('operator', /^([<>=!]=|[-+*/^<>])/) ?? { kind: 'other', size: [...text][0]!.length }
  )
}

// What may be written at a place, in the words of the reader; names of the scheme first.
export function optionsOf(functions: RuleFunction[], names: RuleName[], known: KnownName[], place: string, word: (texts: Texts) => string): Option[] {
  const there = (one: { places: string[] }) => one.places.includes(place)
  return [
    ...known.map((one): Option => ({ label: one.id, detail: one.name ?? '', info: '', apply: one.kind === 'code' ? `'${one.id}'` : written(one.id), type: one.kind === 'code' ? 'text' : 'variable' })),
    ...names.filter(there).map((one): Option => ({ label: one.name, detail: word(one.is), info: '', apply: one.name, type: 'keyword' })),
    ...functions.filter(there).map((one): Option => ({ label: one.name, detail: one.usage, info: word(one.is), apply: `${one.name}(`, type: 'function' })),
  ]
}
