// The HTTP interface: see docs/http.md. Whatever fails is thrown as a Problem, in the reader's language.
import { i18n, type Texts } from './words'

export interface Finding {
  name: string
  detail: string
  pointer?: string
}

export class Problem extends Error {
  constructor(
    readonly status: number, // 0 = the server was not reached
    readonly code: string,
    message: string,
    readonly advice = '',
    readonly request = '',
    readonly errors: Finding[] = [],
  ) {
    super(message)
  }
}

let csrf = ''
export function sendCsrf(text: string | null): void {
  csrf = text ?? ''
}

// What is to be done when a session has ended; set by the store of the session.
let ended: () => void = () => {}
export function onEnded(what: () => void): void {
  ended = what
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    const body = await answer.json()
    return new Problem(answer.status, body.name, body.detail, body.advice, body.request, body.errors)
  } catch {
    return new Problem(answer.status, '', answer.statusText)
  }
}

async function ask(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': i18n.global.locale.value }
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  let answer: Response
  try {
    answer = await fetch('/api/v1' + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      signal,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(0, 'OFFLINE', i18n.global.t('state.offline'))
  }
  if (answer.ok) return answer
  const problem = await problemOf(answer)
  if (problem.code === 'SIGN_IN_NEEDED') ended()
  throw problem
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await ask('GET', path, undefined, signal)).json()
}

export async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const answer = await ask(method, path, body)
  return answer.status === 204 ? (undefined as T) : answer.json()
}

export interface Post {
  role: string
  unit: string | null
  assessment: string | null
  indicator: string | null
  deputy: boolean
  to: string | null
}

export interface Session {
  person: string
  name: string | null
  roles: string[]
  posts: Post[]
  csrf: string | null
  begun: string
  factor: boolean
  factor_due: string | null
}

export interface Titled {
  id: string
  title: Texts
}

export interface Group {
  id: string
  title: Texts
  decimals: number
  total: number
  ratings: Titled[]
  grades: Titled[]
  units: { id: string; name: Texts }[]
}

export interface TreeNode {
  id: string
  name: Texts
  level: number
  leaf: boolean
  individual: boolean
  measure?: string
}

export interface AssessmentItem {
  id: string
  title?: Texts
  period?: string
  periods: string[]
  sound: boolean
}

export interface Assessment extends AssessmentItem {
  problems?: { name: string; detail: string }[]
  groups?: Group[]
  tree?: TreeNode[]
}

export interface ResultRow {
  node: string
  level: number
  value?: number | string
  score?: number
  weight?: number
  points?: number
  rank?: number
  of: number
  rank_change?: number
  rating?: string
  grade?: string
  notes?: string[]
}

export interface ResultUnit {
  id: string
  name?: Texts
  rank?: number
  of: number
  rank_change?: number
  score?: number
  grade?: string
  nodes: ResultRow[]
}

export interface Result {
  period: string
  groups: { id: string; units: ResultUnit[] }[]
  notes: Record<string, Texts>
}

export interface ResultEvent {
  assessment: string
  period: string
  known: number
  units: [string, number | null, number | null][]
}

export interface Notice {
  id: number
  kind: string
  made: string
  read: boolean
  unit?: string
  notice: { text?: Texts }
}

export interface NoticeList {
  read: number
  items: Notice[]
  next: string | null
}
