// Tokens for programs: pure, so that it is tried alone.
export interface Token {
  id: string
  name: string
  roles: string[]
  assessment: string | null
  units: string | null
  expires: string
  used: string | null
}
export interface WantedToken {
  name: string
  roles: string[]
  assessment: string
  units: string
  until: string
}

// A day so many days after another.
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
// The body of POST tokens: units are separated by spaces or commas of either language.
export function bodyOf(wanted: WantedToken): Record<string, unknown> {
  const units = wanted.units.split(/[\s,，、;；]+/).filter(Boolean)
  return { name: wanted.name.trim(), roles: wanted.roles, ...(wanted.assessment ? { assessment: wanted.assessment } : {}), ...(units.length > 0 ? { units } : {}), until: wanted.until }
}
