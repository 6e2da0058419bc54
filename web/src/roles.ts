import type { PageName } from './words'

// Which pages stand in the list at the side for whom: not more than eight.
export interface Side {
  name: PageName
  sign: string // of the icon
}

const MOST = 8

// These two run the system and read no results.
const withoutResults = ['system_admin', 'security_admin']

// These are told who answers for what is late, as leaders are.
const setOver = ['committee', 'supervisor']

export function sidesOf(roles: string[]): Side[] {
  const sides: Side[] = []
  const admin: Side[] = []
  if (roles.includes('auditor')) admin.push({ name: 'journal', sign: 'ledger' }, { name: 'audit', sign: 'eye' })
  if (roles.includes('system_admin')) admin.push({ name: 'health', sign: 'pulse' })
  if (roles.includes('security_admin')) admin.push({ name: 'people', sign: 'people' })
  if (roles.includes('auditor') || roles.includes('system_admin')) admin.push({ name: 'verify', sign: 'seal' })
  // The office, which stands in for administrators that a young ledger has not, has its own work first.
  if (!roles.includes('office')) sides.push(...admin)
  if (roles.includes('leader')) sides.push({ name: 'brief', sign: 'flag' })
  if (roles.includes('approver')) sides.push({ name: 'sign', sign: 'stamp' })
  if (roles.includes('owner')) sides.push({ name: 'check', sign: 'tick' })
  if (roles.includes('unit') || roles.includes('approver')) sides.push({ name: 'fill', sign: 'pen' })
  if (roles.some((role) => !withoutResults.includes(role))) sides.push({ name: 'table', sign: 'table' })
  if (!roles.includes('leader') && roles.some((role) => setOver.includes(role))) sides.push({ name: 'brief', sign: 'flag' })
  if (roles.includes('office') && !roles.includes('owner')) sides.push({ name: 'check', sign: 'tick' })
  if (roles.includes('office') || roles.includes('committee')) sides.push({ name: 'proposals', sign: 'scales' })
  if (roles.includes('office')) sides.push({ name: 'workshop', sign: 'tree' })
  if (roles.includes('office')) sides.push(...admin)
  if (roles.length > 0) sides.push({ name: 'notices', sign: 'bell' })
  sides.push({ name: 'glossary', sign: 'book' }, { name: 'account', sign: 'person' })
  // What stands in the menu of the person, too, makes room for what stands nowhere else.
  const also: PageName[] = ['account', 'glossary']
  return sides.filter((side) => !also.slice(0, Math.max(0, sides.length - MOST)).includes(side.name)).slice(0, MOST)
}
