// Two places with one draft. Saving over what the other one saved loses nothing where each thing that was changed there
// stands here too; only then need nobody choose. Where they stand in the wizard, and what settles itself, does not count.
import type { Draft, DraftSave } from '@tongban/api'

type Parts = Map<string, string>

function in_order(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** What a person answered, gave, disputed, agreed to and chose, each by its name. */
function parts_of(draft: DraftSave | Draft): Parts {
  const parts: Parts = new Map()
  const note = (name: string, value: unknown): void => {
    if (value !== undefined) parts.set(name, JSON.stringify(value, in_order))
  }
  for (const [key, value] of Object.entries(draft.answers)) note(`answers.${key}`, value)
  for (const one of draft.materials)
    if (!['waived', 'licence'].includes(one.way)) note(`materials.${one.key}`, one)
  for (const [key, one] of Object.entries(draft.disputes ?? {}))
    note(`disputes.${key}`, [one.value, one.note ?? ''])
  note('notice', draft.notice?.hash)
  note('collection', draft.collection)
  if (draft.collection === 'courier') note('delivery', draft.delivery)
  return parts
}

/** `before`: what both began with. */
export function loses_nothing(before: Draft, mine: DraftSave, theirs: Draft): boolean {
  const [was, here, there] = [parts_of(before), parts_of(mine), parts_of(theirs)]
  return [...new Set([...was.keys(), ...there.keys()])].every(
    (name) => there.get(name) === was.get(name) || there.get(name) === here.get(name),
  )
}
