// Reading something from the server, with the ages of waiting that the screens speak of.
import { as_problem, type Problem } from '@tongban/api'
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'

export type Age = 'new' | 'waiting' | 'slow' | 'long'
export interface Load<T> {
  data: ShallowRef<T | null>
  problem: ShallowRef<Problem | null>
  age: Ref<Age>
  reload: () => Promise<void>
}

const ages: [Age, number][] = [
  ['waiting', 400],
  ['slow', 2000],
  ['long', 10_000],
]

export function use_load<T>(ask: () => Promise<T>): Load<T> {
  const data: ShallowRef<T | null> = shallowRef(null)
  const problem = shallowRef<Problem | null>(null)
  const age = ref<Age>('new')
  let turn = 0
  let timers: ReturnType<typeof setTimeout>[] = []

  function stop(): void {
    timers.forEach(clearTimeout)
    timers = []
  }

  async function reload(): Promise<void> {
    const mine = ++turn
    stop()
    problem.value = null
    age.value = 'new'
    timers = ages.map(([name, after]) =>
      setTimeout(() => {
        age.value = name
      }, after),
    )
    try {
      const answer = await ask()
      if (mine === turn) data.value = answer
    } catch (thrown) {
      if (mine === turn) problem.value = as_problem(thrown)
    } finally {
      if (mine === turn) stop()
    }
  }

  onScopeDispose(() => {
    turn++
    stop()
  })
  void reload()
  return { data, problem, age, reload }
}
