// The list a person came from, so that J and K lead on to the next case without going back.
import { shallowReadonly, shallowRef } from 'vue'
import type { QueueName } from '../../contract'

export interface Trail {
  name: QueueName
  item: string
  numbers: readonly string[]
  total: number
}

const kept = shallowRef<Trail | null>(null)

export const trail = shallowReadonly(kept)

export function keep_trail(found: Trail): void {
  kept.value = found
}

export interface Standing {
  at: number
  total: number
  before?: string
  after?: string
}

/** Where a case stands in the list, counted from 1. */
export function standing_of(list: Pick<Trail, 'numbers' | 'total'> | null, no: string): Standing | undefined {
  const at = list?.numbers.indexOf(no) ?? -1
  if (!list || at < 0) return undefined
  const before = list.numbers[at - 1]
  const after = list.numbers[at + 1]
  return {
    at: at + 1,
    total: Math.max(list.total, list.numbers.length),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  }
}
