// Clauses of a scheme's documents by the ids of their headings, `## 第九条 {#art-9}`, as `basis` names them: DOCUMENT#ID. Pure.
export interface Clause {
  basis: string
  title: string
  text: string
}

export function clausesOf(texts: Readonly<Record<string, string>>): Clause[] {
  return Object.entries(texts).flatMap(([name, text]) => {
    const document = /^documents\/(.+)\.md$/.exec(name)?.[1]
    if (!document) return []
    const clauses: Clause[] = []
    let open: Clause | null = null
    for (const line of text.split(/\r?\n/)) {
      const heading = /^#{1,6}\s+(.*?)\s*$/.exec(line)
      if (!heading) {
        if (open) open.text += (open.text === '' ? '' : '\n') + line
        continue
      }
      const named = /^(.*?)\s*\{#([^}]+)\}$/.exec(heading[1]!)
      open = named ? { basis: `${document}#${named[2]!}`, title: named[1]!, text: '' } : null
      if (open) clauses.push(open)
    }
    return clauses.map((one) => ({ ...one, text: one.text.trim() }))
  })
}
