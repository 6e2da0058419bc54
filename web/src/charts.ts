// What charts share, pure: places on an axis, round numbers beside it.

// So many round numbers between two bounds, both held: [79, 93] -> 75 80 85 90 95.
export function ticksOf(low: number, high: number, most: number): number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / Math.max(1, most)
  const unit = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((one) => one * unit).find((one) => one >= rough * 0.999999)!
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

export function placeOn(value: number, low: number, high: number, size: number): number {
  return high > low ? Math.round(((value - low) / (high - low)) * size * 10) / 10 : size / 2
}

// Marks on a strip that would lie upon each other stand on rows above each other: of each x its row, 0 = on the line.
export function rowsOfMarks(x: number[], apart: number): number[] {
  const ends: number[] = []
  const row = x.map(() => 0)
  const order = x.map((_, index) => index).sort((a, b) => x[a]! - x[b]!)
  for (const at of order) {
    let free = ends.findIndex((end) => x[at]! - end >= apart)
    if (free < 0) free = ends.length
    ends[free] = x[at]!
    row[at] = free
  }
  return row
}
