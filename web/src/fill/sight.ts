// Which rows of a long list are in sight, with some around them. Pure.
export function partInSight(count: number, rowHeight: number, scrolled: number, height: number, around: number): { from: number; to: number } {
  const first = Math.min(Math.floor(Math.max(0, scrolled) / rowHeight), Math.max(0, count - 1))
  const from = Math.max(0, first - around)
  return { from, to: Math.min(count, first + Math.ceil(height / rowHeight) + 1 + around) }
}
