// The HTTP interface: see docs/http.md. Whatever fails is thrown as a Problem, in the reader's language.
import { i18n, type Texts } from './words'

export interface Finding {
  name: string
  detail: string
  advice?: string
  pointer?: string
  row?: number
  field?: string
  cell?: string
  file?: string
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

// What is for whoever runs the server.
const atRoot = ['/readyz', '/metrics']

async function ask(method: string, path: string, body?: unknown, signal?: AbortSignal, key?: string, media = 'application/json'): Promise<Response> {
  const isArchive = body instanceof Uint8Array
  const headers: Record<string, string> = { Accept: media, 'Accept-Language': i18n.global.locale.value }
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf
  if (key) headers['Idempotency-Key'] = key
  if (body !== undefined) headers['Content-Type'] = isArchive ? 'application/zip' : 'application/json'
  let answer: Response
  try {
    answer = await fetch((atRoot.includes(path) ? '' : '/api/v1') + path, {
      method,
      headers,
      body: body === undefined ? undefined : isArchive ? new Blob([body as Uint8Array<ArrayBuffer>]) : JSON.stringify(body),
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

// A file of the server's, in the reader's language.
export async function getFile(path: string): Promise<Blob> {
  return (await ask('GET', path)).blob()
}

// An archive, and the revision of a draft where it is one.
export async function getArchive(path: string, signal?: AbortSignal): Promise<{ bytes: Uint8Array; revision: number }> {
  const answer = await ask('GET', path, undefined, signal, undefined, 'application/zip')
  return { bytes: new Uint8Array(await answer.arrayBuffer()), revision: Number(answer.headers.get('Draft-Revision') ?? 0) }
}

// What is given out as text: a receipt, a head.
export async function getText(path: string): Promise<string> {
  return (await ask('GET', path, undefined, undefined, undefined, 'text/plain')).text()
}

// A write to the ledger has a key of its own, with which it is sent again where its answer was lost: see docs/http.md, "Writing".
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, key?: string): Promise<T> {
  const answer = await ask(method, path, body, undefined, key)
  return answer.status === 204 ? (undefined as T) : answer.json()
}

// A file that is answered with a file.
export async function exchange(path: string, file: File, media: string): Promise<Blob> {
  let answer: Response
  try {
    answer = await fetch('/api/v1' + path, { method: 'POST', headers: { 'Accept-Language': i18n.global.locale.value, 'X-CSRF-Token': csrf, 'Idempotency-Key': newKey(), 'Content-Type': media }, body: file, credentials: 'same-origin' })
  } catch {
    throw new Problem(0, 'OFFLINE', i18n.global.t('state.offline'))
  }
  if (answer.ok) return answer.blob()
  const problem = await problemOf(answer)
  if (problem.code === 'SIGN_IN_NEEDED') ended()
  throw problem
}

// A file as it is; how far it is, is told from 0 to 1.
export function upload<T>(path: string, file: File, media: string, told: (part: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v1' + path)
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Accept-Language', i18n.global.locale.value)
    request.setRequestHeader('X-CSRF-Token', csrf)
    request.setRequestHeader('Idempotency-Key', newKey())
    request.setRequestHeader('Content-Type', media)
    request.upload.onprogress = (event) => told(event.total > 0 ? event.loaded / event.total : 0)
    request.onerror = () => reject(new Problem(0, 'OFFLINE', i18n.global.t('state.offline')))
    request.onload = () => {
      let body: { name?: string; detail?: string; advice?: string; request?: string; errors?: Finding[] } = {}
      try {
        body = JSON.parse(request.responseText)
      } catch {
        // An answer without words: its status says enough.
      }
      if (request.status >= 200 && request.status < 300) return resolve(body as T)
      const problem = new Problem(request.status, body.name ?? '', body.detail ?? request.statusText, body.advice, body.request, body.errors)
      if (problem.code === 'SIGN_IN_NEEDED') ended()
      reject(problem)
    }
    request.send(file)
  })
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
  keeping: string | null // key of what this browser keeps
  keeping_others: string[] // and such keys of the person's other sessions
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
  succeeds?: string
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
  compared_with: string | null // period that changes of rank are since
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

// -- Collection: see docs/collection.md --

export type Phase = 'unopened' | 'open' | 'grace' | 'closed' | 'locked'

export interface CalendarPeriod {
  period: string
  frequency: string
  opened: boolean
  phase: Phase
  opens: string
  due: string
  grace?: string
  locks?: string
}

export interface Calendar {
  year: number
  periods: CalendarPeriod[]
}

export interface ReportStep {
  at: number
  stage: 'draft' | 'signed' | 'submitted' | 'returned' | 'verified' | 'accepted'
  by: string
  by_name?: string
  time: string
  returns?: number
  reason?: string
  value?: string
  state?: string
  source?: string
  document?: string
  note?: string
  evidence?: string[]
}

export interface CheckFinding {
  unit?: string
  element?: string
  check: string
  severity: 'hard' | 'justify'
  state: 'failed' | 'justified' | 'unjudged'
  title: string
  rule?: string
  shown: string
}

export interface ExpectedFigure {
  unit: string
  element: string
  indicator?: string
  measure?: string
  needs_evidence?: boolean
  reporter: string
  verifier?: string
  state: 'given' | 'na' | 'pending' | 'not_due' | 'derived' | 'awaited' | 'missing'
  phase: Phase
  due?: string
  locks?: string
  report?: ReportStep
  checks?: CheckFinding[]
  beside?: { unit: Texts; indicator: Texts; last?: string; year_ago?: string; codes?: string[] }
}

export interface Page<T> {
  count: number
  items: T[]
  next: string | null
}

export interface Stored {
  first: number
  repeat: boolean
  items: { position: number }[]
  checks?: CheckFinding[]
}

export interface EvidenceFile {
  digest: string
  name?: string
  size: number
  media: string
}

// All pages of a list.
export async function getAll<T>(path: string): Promise<T[]> {
  const items: T[] = []
  for (let next: string | null = path; next; ) {
    const page: Page<T> = await get<Page<T>>(next)
    items.push(...page.items)
    next = page.next?.replace(/^\/api\/v1/, '') ?? null
  }
  return items
}

export interface WaitingFigure {
  period: string
  unit: string
  element: string
  reporter: string
  stage: string
  act: string
  since: string
  until?: string
  late: boolean
  indicator?: string
  report?: number
  vacant: boolean
  roles: string[]
  at?: string
}

// Which states of a result there are: see pages/vintages.ts.
export interface PostingEntry {
  position: number
  time: string
  assessment: string
  fields: { period?: string; size?: string; digest?: string }
}

export interface RevisedRow {
  period?: string
  revised: { position: number; time: string }[]
  final: { position: number; time: string }
}

export interface MatrixPlace {
  place: number | null
  of: number
  unit: string
  figure: number | null
  rank_change: number | null
}

export interface Matrix {
  compared_with: string | null
  groups: { id: string; lists: { level: MatrixPlace[]; class: MatrixPlace[]; progress: MatrixPlace[] } }[]
}
