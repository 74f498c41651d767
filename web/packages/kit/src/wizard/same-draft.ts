// Whether two places hold the same draft: what a person answered, gave and agreed to. Where they stand in the wizard, and what
// settles itself, does not count.
import type { Draft, DraftSave } from '@tongban/api'

function in_order(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}

function said(draft: DraftSave | Draft, collected: boolean): string {
  const given = draft.materials.filter((one) => !['waived', 'licence'].includes(one.way))
  const disputes = Object.entries(draft.disputes ?? {}).map(([key, one]) => [key, [one.value, one.note ?? '']])
  return JSON.stringify(
    {
      answers: draft.answers,
      materials: Object.fromEntries(given.map((one) => [one.key, one])),
      disputes: Object.fromEntries(disputes) as unknown,
      notice: draft.notice?.hash ?? '',
      collection: collected ? draft.collection : undefined,
      delivery: collected && draft.collection === 'courier' ? draft.delivery : undefined,
    },
    in_order,
  )
}

export function says_the_same(mine: DraftSave, theirs: Draft): boolean {
  // Where there is one way to collect the page has chosen it by itself, and may not have saved that yet.
  const collected = theirs.collection !== undefined
  return said(mine, collected) === said(theirs, collected)
}
