// What the band of the check says: by the licence alone, or together with a file that was compared.
import { network_is_down, type FileVerification, type Problem, type Verification } from '@tongban/api'
import type { IconName } from '@tongban/kit'
import type { Key } from '@tongban/words'

export interface Band {
  tone: 'green' | 'red' | 'amber' | 'grey'
  icon: IconName
  title: Key
  text: Key
}

const of_licence: Record<Verification['result'], Band> = {
  valid: { tone: 'green', icon: 'tick', title: 'verify.registered', text: 'verify.registered_text' },
  expired: { tone: 'amber', icon: 'clock', title: 'verify.expired', text: 'verify.expired_text' },
  replaced: { tone: 'amber', icon: 'clock', title: 'verify.expired', text: 'verify.replaced_text' },
  revoked: { tone: 'red', icon: 'cross', title: 'verify.revoked', text: 'verify.revoked_text' },
  not_found: { tone: 'grey', icon: 'question', title: 'verify.not_found', text: 'verify.not_found_text' },
}
const altered: Band = { tone: 'red', icon: 'cross', title: 'verify.altered', text: 'verify.altered_text' }
const not_ours: Band = {
  tone: 'grey',
  icon: 'question',
  title: 'verify.not_ours',
  text: 'verify.not_ours_text',
}
const other: Band = { tone: 'amber', icon: 'warn', title: 'verify.other', text: 'verify.other_text' }
const genuine: Band = { tone: 'green', icon: 'tick', title: 'verify.valid', text: 'verify.valid_text' }
const too_many: Band = {
  tone: 'amber',
  icon: 'clock',
  title: 'verify.too_many',
  text: 'verify.too_many_text',
}
const cannot_tell: Band = {
  tone: 'amber',
  icon: 'warn',
  title: 'verify.cannot_tell',
  text: 'verify.cannot_tell_text',
}

/** A revoked licence stays revoked, whatever file is beside it; an unknown answer is never green. */
export function band_of(
  found: Verification | null,
  file: FileVerification | null,
  problem: Problem | null,
): Band | null {
  if (problem)
    return problem.status === 429
      ? too_many
      : problem.undecided || problem.code === network_is_down
        ? cannot_tell
        : of_licence.not_found
  if (file?.result === 'altered') return altered
  if (file?.result === 'not_ours') return not_ours
  if (file?.result === 'other_licence') return other
  const licence = file?.licence ?? found
  if (!licence) return file ? cannot_tell : null
  return file?.result === 'same' && licence.result === 'valid' ? genuine : of_licence[licence.result]
}
