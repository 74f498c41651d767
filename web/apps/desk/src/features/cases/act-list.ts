// Which buttons a case offers now. The server says what is lawful; here each lawful act becomes the
// choices it has.
import { code_words, language } from '@tongban/words/desk'
import type { Act, DeskCase } from '../../contract'

/** Acts with a letter or an opinion: one dialog serves them all. */
export type Choice =
  'accept' | 'correct' | 'refuse' | 'agree' | 'send_back' | 'propose_denial' | 'approve' | 'deny'
/** Acts with a form of their own. */
export type Deed =
  | 'receive_papers'
  | 'start_special'
  | 'record_special'
  | 'ask_extension'
  | 'extend'
  | 'decline_extension'
  | 'serve'

const CHOICES: Record<Act['name'], (Choice | Deed)[]> = {
  receive_papers: ['receive_papers'],
  accept: ['accept'],
  correct: ['correct'],
  refuse: ['refuse'],
  opine: ['agree', 'send_back', 'propose_denial'],
  decide: ['approve', 'deny'],
  start_special: ['start_special'],
  record_special: ['record_special'],
  ask_extension: ['ask_extension'],
  extend: ['extend'],
  decline_extension: ['decline_extension'],
  serve: ['serve'],
}

/** What leads a case on; the first of them that is lawful is the main act and answers to Ctrl Enter. */
const LEADING: (Choice | Deed)[] = [
  'receive_papers',
  'accept',
  'agree',
  'approve',
  'record_special',
  'start_special',
  'serve',
]

const LETTERS: Record<Choice | Deed, string> = {
  receive_papers: 'A',
  accept: 'A',
  agree: 'A',
  approve: 'A',
  serve: 'A',
  correct: 'C',
  refuse: 'R',
  propose_denial: 'R',
  deny: 'R',
  send_back: 'B',
  start_special: 'S',
  record_special: 'S',
  ask_extension: 'D',
  extend: 'D',
  decline_extension: 'T',
}

export function choices_of(found: Pick<DeskCase, 'acts'>): (Choice | Deed)[] {
  return found.acts.filter((act) => act.allowed).flatMap((act) => CHOICES[act.name])
}

export function main_choice(found: Pick<DeskCase, 'acts'>): Choice | Deed | undefined {
  const lawful = choices_of(found)
  // To extend is what leads on only where somebody asked for it.
  const leading = lawful.includes('decline_extension') ? [...LEADING, 'extend' as const] : LEADING
  return leading.find((choice) => lawful.includes(choice))
}

/** The key of a choice: the main one answers to Ctrl Enter, the others to their letter. */
export function key_of(found: Pick<DeskCase, 'acts'>, choice: Choice | Deed): string {
  return choice === main_choice(found) ? 'Ctrl Enter' : LETTERS[choice]
}

const DEEDS: readonly string[] = [
  'receive_papers',
  'start_special',
  'record_special',
  'ask_extension',
  'extend',
  'decline_extension',
  'serve',
] satisfies Deed[]

export function is_deed(choice: Choice | Deed): choice is Deed {
  return DEEDS.includes(choice)
}

/** Whether any act of this person wants an opinion or a note written beside it. */
export function wants_words(found: Pick<DeskCase, 'acts'>): boolean {
  return choices_of(found).some((choice) => !is_deed(choice))
}

/** Why the other acts are absent, each reason once: in the server's words, or what they mean in English. */
export function why_not(found: Pick<DeskCase, 'acts'>): string[] {
  // It is made and only has to be handed over: why it cannot be accepted any more is no question.
  if (found.acts.some((act) => act.name === 'serve' && act.allowed)) return []
  const reasons = found.acts
    .filter((act) => !act.allowed)
    .map((act) =>
      language.value === 'en' && act.code ? code_words(act.code, act.why_not) : (act.why_not ?? ''),
    )
  return [...new Set(reasons.filter((reason) => reason !== ''))]
}

export function is_refusing(choice: Choice | Deed): boolean {
  return choice === 'refuse' || choice === 'deny' || choice === 'propose_denial'
}

/** The letter this choice makes, if it makes one. */
export function letter_of(choice: Choice): 'accept' | 'correct' | 'refuse' | 'approve' | 'deny' | undefined {
  return choice === 'agree' || choice === 'send_back' || choice === 'propose_denial' ? undefined : choice
}

/** Being made: decided in favour, but the sealed file is not there yet. */
export function is_being_made(found: Pick<DeskCase, 'state' | 'licence'>): boolean {
  return found.state === 'approved' || (found.state === 'issued' && !found.licence)
}
