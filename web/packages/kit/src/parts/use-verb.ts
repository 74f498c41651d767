// One act of a person: a key that is kept until the server gave a definite answer, a second press ignored.
import { as_problem, new_intent, type Problem } from '@tongban/api'
import { ref, shallowRef } from 'vue'

export function use_verb() {
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  let key = new_intent()

  /** What the act returned; null when it failed (`problem` says how) or was pressed twice. */
  async function run<T>(act: (key: string) => Promise<T>): Promise<T | null> {
    if (busy.value) return null
    busy.value = true
    problem.value = null
    try {
      const answer = await act(key)
      key = new_intent()
      return answer
    } catch (thrown) {
      problem.value = as_problem(thrown)
      if (!problem.value.undecided) key = new_intent()
      return null
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, run }
}
