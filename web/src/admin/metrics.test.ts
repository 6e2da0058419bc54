import { describe, expect, it } from 'vitest'
import { linesOf, readMetrics, spanOf, sumOf, withinOf } from './metrics'

const text = `# HELP baton_http_requests_total Requests that have ended.
# TYPE baton_http_requests_total counter
baton_http_requests_total{route="page",method="GET",status="2xx"} 4
baton_http_requests_total{route="",method="",status="4xx"} 2
baton_http_requests_total{route="page",method="GET",status="5xx"} 1
baton_http_request_seconds_bucket{route="page",method="GET",le="0.001"} 10
baton_http_request_seconds_bucket{route="page",method="GET",le="0.01"} 18
baton_http_request_seconds_bucket{route="page",method="GET",le="+Inf"} 18
baton_http_request_seconds_bucket{route="api",method="GET",le="0.001"} 1
baton_http_request_seconds_bucket{route="api",method="GET",le="0.01"} 1
baton_http_request_seconds_bucket{route="api",method="GET",le="+Inf"} 2
baton_journal_entries 26783
baton_live_entries 26780
baton_sign_ins_total{result="ok"} 3
baton_sign_ins_total{result="refused"} 7
process_open_fds 17000
process_max_fds 20000
process_resident_memory_bytes 1.00159488e+08
process_start_time_seconds 1000
`
const samples = readMetrics(text)
const line = (name: string) => linesOf(samples, 4_600_000).find((one) => one.name === name)!

describe('what the server counts', () => {
  it('is read with its labels', () => {
    expect(sumOf(samples, 'baton_http_requests_total')).toBe(7)
    expect(sumOf(samples, 'baton_http_requests_total', { status: '2xx', route: 'page' })).toBe(4)
    expect(sumOf(samples, 'nothing')).toBe(0)
  })
  it('tells in what time a share of requests was answered', () => {
    expect(withinOf(samples, 0.5)).toBe(0.001)
    expect(withinOf(samples, 0.95)).toBe(0.01)
    expect(withinOf(samples, 1)).toBe(Infinity)
    expect(withinOf(readMetrics(''), 0.5)).toBeNull()
  })
  it('is told line by line, with what is not good', () => {
    expect([line('failed').value, line('failed').isGood]).toEqual([1, false])
    expect([line('storeErrors').value, line('storeErrors').isGood]).toEqual([0, true])
    expect([line('behind').value, line('behind').isGood]).toEqual([3, null])
    expect([line('files').of, line('files').isGood]).toEqual([20000, false])
    expect([line('memory').value, line('uptime').value, line('refused').value]).toEqual([100159488, 3600, 7])
  })
  it('tells spans in days, hours and minutes', () => {
    expect(spanOf(90_061)).toEqual({ days: 1, hours: 1, minutes: 1 })
    expect(spanOf(-5)).toEqual({ days: 0, hours: 0, minutes: 0 })
  })
})
