import { api } from '@tongban/api'
import type { DeskCase } from '../../contract'
import type { ActDraft } from './act-draft'
import type { Choice } from './act-list'
import type { Intents } from './act-request'
import { gaps_told } from './gap-list'

/** Each choice to its verb of the contract, with the version it was decided on. */
export function send_act(
  found: DeskCase,
  choice: Choice,
  draft: ActDraft,
  intents: Intents,
): Promise<DeskCase> {
  const { case_no: no, version } = found
  const { opinion, reason, basis, right_body, gaps } = draft
  const texts = { reason: reason.trim(), basis: basis.trim() }
  const key = (body: unknown) => intents.key_for(choice, body)
  switch (choice) {
    case 'accept': {
      const body = { version, ...(opinion.trim() ? { note: opinion.trim() } : {}) }
      return api.desk.accept(key(body), no, body)
    }
    case 'correct': {
      const body = { version, gaps: gaps_told(gaps) }
      return api.desk.ask_correction(key(body), no, body)
    }
    case 'refuse': {
      const body = {
        version,
        ...texts,
        ...(right_body.trim() ? { right_body: right_body.trim() } : {}),
      }
      return api.desk.refuse(key(body), no, body)
    }
    case 'approve': {
      const body = { version, verdict: 'approve' as const, opinion: opinion.trim() }
      return api.desk.decide(key(body), no, body)
    }
    case 'deny': {
      const body = { version, verdict: 'deny' as const, opinion: opinion.trim(), ...texts }
      return api.desk.decide(key(body), no, body)
    }
    default: {
      const body = { version, verdict: choice, text: opinion.trim() }
      return api.desk.give_opinion(key(body), no, body)
    }
  }
}
