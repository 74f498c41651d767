import { computed } from 'vue'
import type { Ref } from 'vue'
import { api } from '@tongban/api'
import type { Deed } from './act-list'
import type { Intents } from './act-request'
import { deed_draft_of, drop_deed_draft } from './deed-draft'
import type { DeedDraft } from './deed-draft'
import {
  deed_faults,
  deed_preview,
  extension_of,
  has_letter,
  papers_of,
  record_of,
  service_of,
  start_of,
} from './deed-request'
import { use_letter } from './use-letter'
import { use_sending } from './use-sending'
import { now_at_server, today } from '../../frame/use-site'
import type { DeskCase } from '../../contract'

function send_deed(found: DeskCase, deed: Deed, draft: DeedDraft, intents: Intents): Promise<DeskCase> {
  const { case_no: no, version } = found
  const key = (body: unknown) => intents.key_for(deed, body)
  switch (deed) {
    case 'receive_papers': {
      const body = papers_of(draft, found)
      return api.desk.receive_papers(key(body), no, body)
    }
    case 'start_special': {
      const body = start_of(draft, found)
      return api.desk.start_special(key(body), no, body)
    }
    case 'record_special': {
      const body = record_of(draft, found)
      return api.desk.record_special(key(body), no, body)
    }
    case 'serve': {
      const body = service_of(draft, found)
      return api.desk.serve(key(body), no, body)
    }
    case 'ask_extension': {
      const body = extension_of(draft, found)
      return api.desk.ask_extension(key(body), no, body)
    }
    case 'extend': {
      const body = extension_of(draft, found)
      return api.desk.extend(key(body), no, body)
    }
    case 'decline_extension': {
      const body = { version, reason: draft.declined.trim() }
      return api.desk.decline_extension(key(body), no, body)
    }
  }
}

/** One act with a form of its own: what is typed, what is missing, and sending it. */
export function use_deed(found: Ref<DeskCase>, deed: Ref<Deed>, done: (fresh: DeskCase) => void) {
  const draft = computed(() => deed_draft_of(found.value.case_no))
  const sending = use_sending({
    found,
    choice: deed,
    missing: () => deed_faults(deed.value, draft.value, found.value, today.value, now_at_server()),
    send: (intents) => send_deed(found.value, deed.value, draft.value, intents),
    drop: drop_deed_draft,
    done,
  })
  const letter = use_letter(
    found,
    () => has_letter(deed.value),
    () => deed_preview(deed.value, draft.value),
  )
  return { ...sending, draft, letter }
}
