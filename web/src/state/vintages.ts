// What was posted and revised of an assessment, as far as whoever asks may read it; read once an assessment, when it is wanted.
import { computed, ref, shallowRef } from 'vue'
import { get, Problem, type PostingEntry, type RevisedRow } from '../api'
import { vintagesOf } from '../pages/vintages'
import { usePlace } from './place'

async function items<T>(path: string): Promise<T[]> {
  try {
    return (await get<{ items: T[] }>(path)).items
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [] // not theirs to read, or not now: what else can be chosen is there
  }
}

export function useVintages() {
  const place = usePlace()
  const postings = shallowRef<PostingEntry[]>([])
  const revised = shallowRef<RevisedRow[]>([])
  const read = ref('') // the assessment of which they are

  async function load(): Promise<void> {
    const id = place.assessment?.id
    if (!id || read.value === id) return
    read.value = id
    const name = encodeURIComponent(id)
    const [posted, rows] = await Promise.all([items<PostingEntry>(`/entries?kind=posting&assessment=${name}&limit=100`), items<RevisedRow>(`/assessments/${name}/vintages/observation?limit=100`)])
    if (read.value !== id) return
    postings.value = posted
    revised.value = rows
  }
  const vintages = computed(() => vintagesOf(place.period, place.assessment?.period ?? '', postings.value, revised.value))
  return { vintages, load }
}
