// Which streams of events are opened for what the tabs of a browser want: pure, so that it is tried alone.
export interface Want {
  tables: string[] // "ASSESSMENT/PERIOD"
  notices: boolean
}

export const MOST_TABLES = 32 // results of a stream: docs/http.md, "Watching"
export const MOST_STREAMS = 3 // of the six connections that a browser has to a host by HTTP/1.1

// As few as will do. `apart`: a stream for each that wants, as far as they go, for one result that is refused ends its whole stream.
export function planOf(wants: Want[], apart = false): Want[] {
  const some = wants.filter((want) => want.tables.length > 0 || want.notices)
  const seen = new Set<string>()
  const parts: Want[] = []
  for (const want of apart && some.length <= MOST_STREAMS ? some : [{ tables: some.flatMap((one) => one.tables), notices: some.some((one) => one.notices) }]) {
    const tables = want.tables.filter((table) => !seen.has(table) && seen.add(table))
    for (let at = 0; at < tables.length; at += MOST_TABLES) parts.push({ tables: tables.slice(at, at + MOST_TABLES), notices: false })
    if (tables.length === 0 && want.notices && !parts.some((one) => one.notices)) parts.push({ tables: [], notices: false })
    const last = parts[parts.length - 1]
    if (want.notices && last && !parts.some((one) => one.notices)) last.notices = true
  }
  return parts.slice(0, MOST_STREAMS)
}

export function addressOf(want: Want): string {
  const query = [...(want.tables.length > 0 ? [`tables=${want.tables.map(encodeURIComponent).join(',')}`] : []), ...(want.notices ? ['notices=1'] : [])]
  return `/api/v1/events?${query.join('&')}`
}

// Whether what is open has all that is wanted.
export function covers(open: Want[], want: Want): boolean {
  return want.tables.every((table) => open.some((one) => one.tables.includes(table))) && (!want.notices || open.some((one) => one.notices))
}
