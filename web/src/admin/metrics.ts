// What the server counts (text for Prometheus, docs/operation.md), read and put into lines for people: pure, so that it is tried alone.
export interface Sample {
  labels: Record<string, string>
  value: number
}
export type Samples = Map<string, Sample[]>

export function readMetrics(text: string): Samples {
  const samples: Samples = new Map()
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    if (!name || value === undefined) continue
    const of = Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map((one) => [one[1]!, one[2]!]))
    samples.set(name, [...(samples.get(name) ?? []), { labels: of, value: Number(value) }])
  }
  return samples
}

export const sumOf = (samples: Samples, name: string, labels: Record<string, string> = {}): number =>
  (samples.get(name) ?? []).filter((one) => Object.entries(labels).every(([label, value]) => one.labels[label] === value)).reduce((sum, one) => sum + one.value, 0)

// In how many seconds that share of all requests was answered at most, as far as the steps of the histogram tell: null = none was, Infinity = beyond the last step.
export function withinOf(samples: Samples, share: number): number | null {
  const buckets = new Map<number, number>()
  for (const one of samples.get('baton_http_request_seconds_bucket') ?? []) {
    const to = one.labels.le === '+Inf' ? Infinity : Number(one.labels.le)
    buckets.set(to, (buckets.get(to) ?? 0) + one.value)
  }
  const all = buckets.get(Infinity) ?? 0
  if (all === 0) return null
  return [...buckets.keys()].sort((x, y) => x - y).find((to) => buckets.get(to)! >= all * share) ?? Infinity
}

export type LineName = 'uptime' | 'requests' | 'failed' | 'within' | 'limited' | 'connections' | 'waiting' | 'streams' | 'signIns' | 'refused' | 'sessions' | 'tokens' | 'entries' | 'behind' | 'liveFailures' | 'storeErrors' | 'auditLost' | 'logDropped' | 'givenUp' | 'foreign' | 'memory' | 'files'
export type Unit = 'count' | 'span' | 'seconds' | 'bytes' | 'share'
export interface Line {
  name: LineName
  unit: Unit
  value: number | null
  of?: number // what it is compared with
  isGood: boolean | null // null = neither good nor bad
}

// In the order of what one asks first: is something wrong, then how busy it is.
export function linesOf(samples: Samples, now: number): Line[] {
  const sum = (name: string, labels?: Record<string, string>): number => sumOf(samples, name, labels)
  const none = (name: LineName, value: number): Line => ({ name, unit: 'count', value, isGood: value === 0 })
  const plain = (name: LineName, value: number, unit: Unit = 'count'): Line => ({ name, unit, value, isGood: null })
  const files = sum('process_open_fds')
  const most = sum('process_max_fds')
  const behind = Math.max(0, sum('baton_journal_entries') - sum('baton_live_entries'))
  return [
    none('failed', sum('baton_http_requests_total', { status: '5xx' })),
    none('storeErrors', sum('baton_store_errors_total')),
    none('liveFailures', sum('baton_live_failures_total')),
    none('auditLost', sum('baton_audit_lost_total')),
    none('logDropped', sum('baton_log_dropped_total')),
    none('givenUp', sum('baton_notices_given_up_total')),
    { name: 'behind', unit: 'count', value: behind, isGood: behind === 0 ? true : null }, // a moment's lag is no fault: /readyz says when it is one
    { name: 'files', unit: 'share', value: files, ...(most > 0 ? { of: most } : {}), isGood: most > 0 ? files < most * 0.8 : null },
    plain('uptime', now / 1000 - sum('process_start_time_seconds'), 'span'),
    plain('requests', sum('baton_http_requests_total')),
    { name: 'within', unit: 'seconds', value: withinOf(samples, 0.95), isGood: null },
    plain('limited', sum('baton_rate_limited_total')),
    plain('connections', sum('baton_http_connections')),
    plain('waiting', sum('baton_http_waiting')),
    plain('streams', sum('baton_http_streams')),
    plain('signIns', sum('baton_sign_ins_total', { result: 'ok' })),
    plain('refused', sum('baton_sign_ins_total', { result: 'refused' })),
    plain('sessions', sum('baton_sessions')),
    plain('tokens', sum('baton_tokens')),
    plain('entries', sum('baton_journal_entries')),
    plain('foreign', sum('baton_foreign_appends_total')),
    plain('memory', sum('process_resident_memory_bytes'), 'bytes'),
  ]
}

// Days, hours and minutes of a span in seconds.
export function spanOf(seconds: number): { days: number; hours: number; minutes: number } {
  const minutes = Math.max(0, Math.floor(seconds / 60))
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 }
}
