// What was posted and revised of an assessment, as far as whoever asks may read it; read once an assessment, when it is wanted.
import { computed, ref, shallowRef } from 'vue'
import { getAll, Problem, type PostingEntry, type RevisedRow } from '../api'
import { vintagesOf, type Revised, type RevisedKind } from '../pages/vintages'
import { usePlace } from './place'

async function items<T>(path: string): Promise<T[]> {
  try {
    return await getAll<T>(path)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [] // not theirs to read, or not now: what else can be chosen is there
  }
}

export function useVintages() {
  const place = usePlace()
  const postings = shallowRef<PostingEntry[]>([])
  const revised = shallowRef<Revised[]>([])
  const read = ref('') // the assessment of which they are

  async function load(): Promise<void> {
    const id = place.assessment?.id
    if (!id || read.value === id) return
    read.value = id
    const name = encodeURIComponent(id)
    const kinds: RevisedKind[] = ['observation', 'target', 'adjustment']
    const [posted, ...rows] = await Promise.all([
      items<PostingEntry>(`/entries?kind=posting&assessment=${name}&limit=100`),
      ...kinds.map(async (kind) => (await items<RevisedRow>(`/assessments/${name}/vintages/${kind}?limit=1000`)).map((row): Revised => ({ ...row, kind }))),
    ])
    if (read.value !== id) return
    postings.value = posted
    revised.value = rows.flat()
  }
  const vintages = computed(() => vintagesOf(place.period, place.assessment?.period ?? '', postings.value, revised.value))
  return { vintages, load }
}
