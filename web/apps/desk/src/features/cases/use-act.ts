import { computed } from 'vue'
import type { Ref } from 'vue'
import { letter_of } from './act-list'
import type { Choice } from './act-list'
import { act_faults, preview_request } from './act-request'
import { draft_of, drop_draft } from './act-draft'
import { send_act } from './act-send'
import { use_letter } from './use-letter'
import { use_sending } from './use-sending'
import type { DeskCase } from '../../contract'

/** One act on one case: what is typed, what is missing, the letter it makes, and sending it. */
export function use_act(found: Ref<DeskCase>, choice: Ref<Choice>, done: (fresh: DeskCase) => void) {
  const draft = computed(() => draft_of(found.value.case_no))
  const sending = use_sending({
    found,
    choice,
    missing: () => act_faults(choice.value, draft.value, found.value),
    send: (intents) => send_act(found.value, choice.value, draft.value, intents),
    drop: drop_draft,
    done,
  })
  const letter = use_letter(
    found,
    () => letter_of(choice.value) !== undefined,
    () => preview_request(choice.value, draft.value, found.value),
  )
  return { ...sending, draft, letter }
}
