// The one-time notice (一次性告知补正) as it is being built: every gap at once, each with what is wrong and
// how to mend it.
import type { DeskCase, Gap, GapTarget } from '../../contract'

export interface GapDraft {
  key: string
  label: string
  problem: string
  remedy: string
}

export type GapFault =
  'no_gap' | 'problem_missing' | 'remedy_missing' | 'not_in_first_notice' | 'names_nothing'

export interface GapFaultAt {
  key: string
  fault: GapFault
}

const SHORTEST = 2

export function has_gap(list: readonly GapDraft[], key: string): boolean {
  return list.some((gap) => gap.key === key)
}

/** Marks a target, or takes the mark away; what was typed for the others stays. */
export function toggle_gap(list: readonly GapDraft[], target: GapTarget): GapDraft[] {
  if (has_gap(list, target.key)) return list.filter((gap) => gap.key !== target.key)
  const remedy = target.remedies?.length === 1 ? (target.remedies[0] ?? '') : ''
  return [...list, { key: target.key, label: target.label, problem: '', remedy }]
}

export function write_gap(
  list: readonly GapDraft[],
  key: string,
  part: 'problem' | 'remedy',
  text: string,
): GapDraft[] {
  return list.map((gap) => (gap.key === key ? { ...gap, [part]: text } : gap))
}

/** Gaps told in an earlier notice: a second one may only repeat them. */
export function told_before(found: Pick<DeskCase, 'correction'>): Gap[] {
  return found.correction?.gaps ?? []
}

/** What may still be pointed at: everything once, later only what the first notice named. */
export function open_targets(found: Pick<DeskCase, 'correction' | 'gap_targets'>): GapTarget[] {
  const told = told_before(found)
  if (told.length === 0) return found.gap_targets
  return found.gap_targets.filter((target) => told.some((gap) => gap.key === target.key))
}

function code_points(text: string): number {
  return [...text.trim()].length
}

export function faults_of(
  list: readonly GapDraft[],
  found: Pick<DeskCase, 'correction' | 'gap_targets'>,
): GapFaultAt[] {
  if (list.length === 0) return [{ key: '', fault: 'no_gap' }]
  const told = told_before(found)
  const faults: GapFaultAt[] = []
  for (const gap of list) {
    if (!found.gap_targets.some((target) => target.key === gap.key)) {
      faults.push({ key: gap.key, fault: 'names_nothing' })
      continue
    }
    if (told.length > 0 && !told.some((one) => one.key === gap.key)) {
      faults.push({ key: gap.key, fault: 'not_in_first_notice' })
    }
    if (code_points(gap.problem) < SHORTEST) faults.push({ key: gap.key, fault: 'problem_missing' })
    if (code_points(gap.remedy) < SHORTEST) faults.push({ key: gap.key, fault: 'remedy_missing' })
  }
  return faults
}

/** As the contract wants it. */
export function gaps_told(list: readonly GapDraft[]): { key: string; problem: string; remedy: string }[] {
  return list.map(({ key, problem, remedy }) => ({ key, problem: problem.trim(), remedy: remedy.trim() }))
}
