// What the pages say about a case, drawn from its contract shape.
import { day_text, moment_text, t } from '@tongban/words/desk'
import type { CaseFile, CaseMaterial, DeskCase } from '../../contract'

export type Tone = 'good' | 'warned'

export interface CheckLine {
  key: string
  label: string
  text: string
  tone: Tone
}

/** A check that a person must judge is never green. */
export function tone_of(result: 'ok' | 'mismatch' | 'needs_person'): Tone {
  return result === 'ok' ? 'good' : 'warned'
}

export function checks_of(found: Pick<DeskCase, 'form'>): CheckLine[] {
  return found.form
    .flatMap((page) => page.rows)
    .flatMap((row) =>
      row.check
        ? [{ key: row.key, label: row.label, text: row.check.text, tone: tone_of(row.check.result) }]
        : [],
    )
}

export function mismatches(found: Pick<DeskCase, 'form'>): number {
  return checks_of(found).filter((check) => check.tone === 'warned').length
}

export function has_masked(found: Pick<DeskCase, 'form'>): boolean {
  return found.form.some((page) => page.rows.some((row) => row.masked === true))
}

/** 10月14日（周三）受理的期限，今天是第 1 个工作日，共 2 个。 */
export function due_sentence(found: Pick<DeskCase, 'clock'>, today: string): string {
  const { kind, due, from, total, used, left, unit } = found.clock
  if (kind === 'none' || !due) return t('desk.clock.none')
  const day = day_text(due.day, { today })
  const parts = [t(due.provisional ? 'desk.clock.due_provisional' : 'desk.clock.due', { day })]
  if (from !== undefined && total !== undefined && used !== undefined) {
    const unit_words = unit === 'natural_day' ? 'natural' : 'working'
    const words = left !== undefined && left < 0 ? 'over' : 'used'
    parts.push(
      t(`desk.clock.${words}_${unit_words}` as const, {
        n: -(left ?? 0),
        from: day_text(from, { today, weekday: 'without' }),
        used,
        total,
      }),
    )
  }
  return parts.join(t('desk.full_stop'))
}

/** Rounds a material was handed in, newest first. */
export function rounds_of(material: Pick<CaseMaterial, 'files'>): number[] {
  return [...new Set(material.files.map((file) => file.round))].sort((one, other) => other - one)
}

export function files_of_round(material: Pick<CaseMaterial, 'files'>, round: number): CaseFile[] {
  return material.files.filter((file) => file.round === round)
}

/** 要填 12 项，8 项由数据填好；要交 5 份，3 份不用交。 */
export function burden_words(found: Pick<DeskCase, 'burden'>): string {
  const burden = found.burden
  if (!burden) return ''
  const spared = burden.materials_waived + burden.materials_from_licence
  return [
    t('desk.burden.fields_whole', { all: burden.fields_total, filled: burden.fields_prefilled }),
    t('desk.burden.papers_whole', { all: burden.materials_total, spared }),
  ].join(t('desk.comma'))
}

/** Who asked for more time, or did not agree to it; nothing when nobody spoke of it. */
export function extension_words(found: Pick<DeskCase, 'extending'>, today: string): string {
  const last = found.extending?.last
  if (!last) return ''
  const said = { who: last.who, time: moment_text(last.at, today), reason: last.reason, n: last.days ?? 0 }
  return t(last.what === 'asked' ? 'desk.extend.asked' : 'desk.extend.declined', said)
}
