// Sessions, as both their person and the security administrator see them.
export interface SessionRow {
  id: string
  begun: string
  seen: string
  address: string | null
  agent: string | null
  present: boolean
}

// A browser and its system in a few words; what is not known stays as it is.
export function agentName(agent: string | null): string {
  if (!agent) return ''
  const browsers: [RegExp, string][] = [[/Edg\/(\d+)/, 'Edge'], [/Firefox\/(\d+)/, 'Firefox'], [/(?:QIHU|360)[^/]*\/?(\d*)/, '360'], [/(?:Headless)?Chrome\/(\d+)/, 'Chrome'], [/Version\/(\d+)[^ ]* (?:Mobile\/\w+ )?Safari/, 'Safari']]
  const systems: [RegExp, string][] = [[/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/Linux|X11/, 'Linux']]
  const browser = browsers.map(([sign, name]) => [sign.exec(agent), name] as const).find(([found]) => found)
  const system = systems.find(([sign]) => sign.test(agent))?.[1]
  if (!browser) return agent.slice(0, 80)
  return [`${browser[1]} ${browser[0]![1]}`.trim(), system].filter(Boolean).join(' · ')
}
