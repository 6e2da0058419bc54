// Something that is done on a page of the administration: what was refused is told, and the password asked for where it is grave.
import { ref, shallowRef } from 'vue'
import { Problem } from '../api'
import { useRaise } from '../state/raise'

export function useTend() {
  const raise = useRaise()
  const problem = shallowRef<Problem | null>(null)
  const done = ref('')
  const isBusy = ref(false)
  // Whether it was done; `said` is shown then.
  async function tend(what: () => Promise<void>, said = ''): Promise<boolean> {
    problem.value = null
    done.value = ''
    isBusy.value = true
    try {
      if (!(await raise.grave(what))) return false
      done.value = said
      return true
    } catch (error) {
      problem.value = error instanceof Problem ? error : new Problem(-1, '', String(error))
      return false
    } finally {
      isBusy.value = false
    }
  }
  return { problem, done, isBusy, tend }
}
