// From what was typed to the request of the contract, and what is missing for it.
import { new_intent } from '@tongban/api'
import type { DeskCase, Preview } from '../../contract'
import { letter_of } from './act-list'
import type { Choice, Deed } from './act-list'
import type { ActDraft } from './act-draft'
import { faults_of, gaps_told } from './gap-list'

export type Fault =
  'opinion_missing' | 'reason_missing' | 'basis_missing' | ReturnType<typeof faults_of>[number]['fault']

export interface FaultAt {
  /** The control it stands beside: opinion, reason, basis, gaps, or `<gap key>/problem`. */
  at: string
  fault: Fault
}

const SHORTEST = 2
const too_short = (text: string) => [...text.trim()].length < SHORTEST

function gap_place(key: string, fault: Fault): string {
  if (fault === 'problem_missing') return `${key}/problem`
  if (fault === 'remedy_missing') return `${key}/remedy`
  return key === '' ? 'gaps' : `${key}/problem`
}

export function act_faults(choice: Choice, draft: ActDraft, found: DeskCase): FaultAt[] {
  if (choice === 'accept') return []
  if (choice === 'correct') {
    return faults_of(draft.gaps, found).map(({ key, fault }) => ({ at: gap_place(key, fault), fault }))
  }
  const faults: FaultAt[] = []
  if (choice !== 'refuse' && too_short(draft.opinion))
    faults.push({ at: 'opinion', fault: 'opinion_missing' })
  if (choice === 'refuse' || choice === 'deny') {
    if (too_short(draft.reason)) faults.push({ at: 'reason', fault: 'reason_missing' })
    if (too_short(draft.basis)) faults.push({ at: 'basis', fault: 'basis_missing' })
  }
  return faults
}

/** The letter as it would go out, or nothing while its texts are not there yet. */
export function preview_request(choice: Choice, draft: ActDraft, found: DeskCase): Preview | undefined {
  const act = letter_of(choice)
  if (act === undefined) return undefined
  const missing = act_faults(choice, draft, found).filter((fault) => fault.at !== 'opinion')
  if (missing.length > 0) return undefined
  if (act === 'correct') return { act, gaps: gaps_told(draft.gaps) }
  if (act === 'accept' || act === 'approve') return { act }
  const right_body = draft.right_body.trim()
  return {
    act,
    reason: draft.reason.trim(),
    basis: draft.basis.trim(),
    ...(act === 'refuse' && right_body ? { right_body } : {}),
  }
}

/** One key for one intent: the same words sent again are the same intent, other words are another. */
export class Intents {
  private said = ''
  private key = ''

  key_for(choice: Choice | Deed, body: unknown): string {
    const now = `${choice} ${JSON.stringify(body)}`
    if (now !== this.said) {
      this.said = now
      this.key = new_intent()
    }
    return this.key
  }

  /** The same words are a new intent from here on. */
  forget(): void {
    this.said = ''
  }
}
