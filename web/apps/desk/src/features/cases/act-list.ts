// Which buttons a case offers now. The server says what is lawful; here each lawful act becomes the
// choices it has.
import type { Act, DeskCase } from '../../contract'

export type Choice =
  'accept' | 'correct' | 'refuse' | 'agree' | 'send_back' | 'propose_denial' | 'approve' | 'deny'

const CHOICES: Record<Act['name'], Choice[]> = {
  accept: ['accept'],
  correct: ['correct'],
  refuse: ['refuse'],
  opine: ['agree', 'send_back', 'propose_denial'],
  decide: ['approve', 'deny'],
}

/** The key of each choice; the main one always answers to Ctrl Enter too. */
export const KEY_OF: Record<Choice, string> = {
  accept: 'Ctrl Enter',
  agree: 'Ctrl Enter',
  approve: 'Ctrl Enter',
  correct: 'C',
  refuse: 'R',
  propose_denial: 'R',
  deny: 'R',
  send_back: 'B',
}

export function choices_of(found: Pick<DeskCase, 'acts'>): Choice[] {
  return found.acts.filter((act) => act.allowed).flatMap((act) => CHOICES[act.name])
}

export function main_choice(found: Pick<DeskCase, 'acts'>): Choice | undefined {
  return choices_of(found).find((choice) => KEY_OF[choice] === 'Ctrl Enter')
}

/** Why the other acts are absent, each reason once, in the server's words. */
export function why_not(found: Pick<DeskCase, 'acts'>): string[] {
  const reasons = found.acts.filter((act) => !act.allowed).map((act) => act.why_not ?? '')
  return [...new Set(reasons.filter((reason) => reason !== ''))]
}

export function is_refusing(choice: Choice): boolean {
  return choice === 'refuse' || choice === 'deny' || choice === 'propose_denial'
}

/** The letter this choice makes, if it makes one. */
export function letter_of(
  choice: Choice,
): 'accept' | 'correct' | 'refuse' | 'approve' | 'deny' | undefined {
  return choice === 'agree' || choice === 'send_back' || choice === 'propose_denial' ? undefined : choice
}

/** Being made: decided in favour, but the sealed file is not there yet. */
export function is_being_made(found: Pick<DeskCase, 'state' | 'licence'>): boolean {
  return found.state === 'approved' || (found.state === 'issued' && !found.licence)
}
