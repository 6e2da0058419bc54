// The unit that a page is about: that of the address, else that of the reader's own post; with its group and the tree.
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import type { Group } from '../api'
import { ownUnit } from '../pages/card'
import { textOf } from '../words'
import { usePlace } from './place'
import { useSession } from './session'
import { useSettings } from './settings'

export function useUnit() {
  const route = useRoute()
  const place = usePlace()
  const session = useSession()
  const settings = useSettings()

  function param(name: string): string {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }
  const groups = computed(() => place.assessment?.groups ?? [])
  const id = computed(() => param('unit') || ownUnit(session.session?.posts ?? [], groups.value))
  const group = computed<Group | undefined>(() => groups.value.find((one) => one.units.some((unit) => unit.id === id.value)))
  const tree = computed(() => new Map((place.assessment?.tree ?? []).map((node) => [node.id, node])))
  const names = computed(() => new Map(groups.value.flatMap((one) => one.units.map((unit) => [unit.id, textOf(unit.name, settings.language, unit.id)] as const))))
  function unitName(unit: string): string {
    return names.value.get(unit) ?? unit
  }
  function nodeName(node: string): string {
    return textOf(tree.value.get(node)?.name, settings.language, node)
  }
  const path = computed(() => `/assessments/${encodeURIComponent(place.assessment?.id ?? '')}`)
  // The address of another page about the same assessment and period.
  function to(name: 'brief' | 'unit' | 'why' | 'table' | 'matrix' | 'indicator', more: Record<string, string> = {}) {
    const query: Record<string, string> = {}
    if (param('a')) query.a = param('a')
    if (param('period')) query.period = param('period')
    return { name, query: { ...query, ...more } }
  }
  return { param, groups, id, group, tree, unitName, nodeName, path, to }
}
