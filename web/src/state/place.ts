// Which assessments there are, and which one and which period the address names; without a name the newest.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { get, type Assessment, type AssessmentItem } from '../api'
import { periodsOf } from '../figures'

export const usePlace = defineStore('place', () => {
  const route = useRoute()
  const router = useRouter()
  const items = shallowRef<AssessmentItem[]>([])
  const assessment = shallowRef<Assessment | null>(null)
  const problem = shallowRef<unknown>(null)
  const isLoading = ref(false)

  const asked = computed(() => (typeof route.query.a === 'string' ? route.query.a : ''))
  const id = computed(() => {
    const newest = [...items.value].filter((one) => one.period).sort((x, y) => (y.period! > x.period! ? 1 : -1))
    return items.value.some((one) => one.id === asked.value) ? asked.value : (newest[0]?.id ?? '')
  })
  const periods = computed(() => (assessment.value ? periodsOf(assessment.value) : []))
  const period = computed(() => {
    const wanted = typeof route.query.period === 'string' ? route.query.period : ''
    return periods.value.includes(wanted) ? wanted : (periods.value[periods.value.length - 1] ?? '')
  })

  async function load(): Promise<void> {
    problem.value = null
    isLoading.value = true
    try {
      if (items.value.length === 0) items.value = (await get<{ items: AssessmentItem[] }>('/assessments')).items
      if (id.value && assessment.value?.id !== id.value)
        assessment.value = await get<Assessment>(`/assessments/${encodeURIComponent(id.value)}`)
    } catch (error) {
      problem.value = error
    } finally {
      isLoading.value = false
    }
  }

  // Whether the assessment can still be scored, and what it is called: no stream tells of it, as a state that cannot be scored is no result.
  async function follow(): Promise<void> {
    const mine = assessment.value
    if (!mine || isLoading.value) return
    try {
      const list = (await get<{ items: AssessmentItem[] }>('/assessments')).items
      const now = list.find((one) => one.id === mine.id)
      if (!now || assessment.value !== mine) return
      items.value = list
      if (now.sound === mine.sound && now.periods.join() === mine.periods.join()) return
      const fresh = await get<Assessment>(`/assessments/${encodeURIComponent(mine.id)}`)
      if (assessment.value === mine) assessment.value = fresh
    } catch {
      // What is shown stays; the page says by itself where the server cannot be reached.
    }
  }

  // Changes parts of the address; what is '' is left out of it.
  function go(change: Record<string, string>): void {
    const query: Record<string, string> = {}
    for (const [name, value] of Object.entries({ ...route.query, ...change }))
      if (typeof value === 'string' && value !== '') query[name] = value
    void router.replace({ query })
  }

  function forget(): void {
    items.value = []
    assessment.value = null
  }

  return { items, assessment, asked, id, periods, period, problem, isLoading, load, follow, go, forget }
})
