// What one field takes, as src/forms/values.cpp does.
import { Decimal } from './decimal'
import type { Field } from './form'
import { read_credit_code, read_id_number, read_phone, type Read } from './identifiers'
import { clean_text, half_width, wrong, type Taken } from './text'
import { code_points, Day, type Context, type Value } from './value'

export type Stage = 'draft' | 'submission'

const typed_most = 100
const not_a_letter = /[^A-Za-z \-'.\u00b7\u3005\u3007\u00c0-\u{10ffff}]/u
const sign =
  /[\u00d7\u00f7\u2000-\u2bff\u3000-\u3004\u3006\u3008-\u303f\ufe10-\ufe6f\uff00-\uffef\u{1f000}-\u{1faff}]/u

function take_name(text: string): Taken {
  const name = text
    .replace(/[\u2022\u30fb\u2027\uff0e\uff65]/g, '\u00b7')
    .replace(/[ \u3000\u00a0]+/g, ' ')
    .replace(/(?<=[\u0080-\u{10ffff}]) | (?=[\u0080-\u{10ffff}])/gu, '')
  if (code_points(name) < 2) return wrong('name_is_too_short')
  return not_a_letter.test(name) || sign.test(name) ? wrong('name_has_wrong_character') : { value: name }
}

function take_date(text: string): Taken {
  const parts = /^(\d{4})[-/.年月日](\d{1,2})[-/.年月日](\d{1,2})日?$/u.exec(half_width(text))
  if (!parts) return wrong('date_is_malformed')
  const [, year = '', month = '', day = ''] = parts
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return year === '0000' || !Day.read(date) ? wrong('date_does_not_exist') : { value: date }
}

function take_number(field: Field, typed: string): Taken {
  const text = half_width(typed)
  const number = /^[-0-9.]{1,40}$/.test(text) ? Decimal.read(text) : undefined
  if (!number) return wrong('number_is_malformed')
  const least = field.min === undefined ? undefined : Decimal.read(String(field.min))
  const most = field.max === undefined ? undefined : Decimal.read(String(field.max))
  const decimals = field.decimals ?? 0
  if (number.decimals > decimals) return wrong('number_has_too_many_decimals', { max: String(decimals) })
  if (least && number.compare(least) < 0) return wrong('number_is_too_small', { min: least.text() })
  if (most && number.compare(most) > 0) return wrong('number_is_too_large', { max: most.text() })
  if (field.kind === 'number') return { value: number.text() }
  return { value: number.text() + (number.decimals === 0 ? '.' : '') + '0'.repeat(2 - number.decimals) }
}

const identifier = (read: Read): Taken => ('text' in read ? { value: read.text } : wrong(read.code))

function take_free_text(field: Field, text: string): Taken {
  if (!field.pattern || new RegExp(`^(?:${field.pattern})$`, 'us').test(text)) return { value: text }
  const message = field.pattern_message ?? ''
  return {
    wrong: {
      code: 'text_does_not_fit_pattern',
      message,
      message_en: field['x-en']?.['pattern_message'] ?? message,
    },
  }
}

function take_text(field: Field, raw: unknown, stage: Stage, today: string): Taken {
  const counts = field.kind === 'number' || field.kind === 'money'
  if (typeof raw !== 'string' && !(counts && Number.isSafeInteger(raw))) return wrong('answer_has_wrong_type')
  const cleaned = clean_text(
    String(raw),
    field.kind === 'long_text' ? 'many' : 'one',
    field.max_length ?? typed_most,
  )
  if ('wrong' in cleaned || cleaned.value === null || stage === 'draft') return cleaned
  const text = cleaned.value as string
  switch (field.kind) {
    case 'name':
      return take_name(text)
    case 'date':
      return take_date(text)
    case 'id_number':
      return identifier(read_id_number(text, today))
    case 'credit_code':
      return identifier(read_credit_code(text))
    case 'phone':
      return identifier(read_phone(text))
    case 'number':
    case 'money':
      return take_number(field, text)
    case 'choice':
      return field.choices?.some((choice) => choice.value === text)
        ? { value: text }
        : wrong('choice_is_not_offered')
    default:
      return take_free_text(field, text)
  }
}

function take_several(field: Field, raw: unknown, stage: Stage): Taken {
  if (!Array.isArray(raw)) return wrong('answer_has_wrong_type')
  const choices = field.choices ?? []
  if (raw.length > choices.length) return wrong('choice_is_repeated')
  const chosen: string[] = []
  for (const item of raw as unknown[]) {
    if (typeof item !== 'string') return wrong('answer_has_wrong_type')
    const cleaned = clean_text(item, 'one', typed_most)
    if ('wrong' in cleaned) return cleaned
    const value = (cleaned.value ?? '') as string
    if (stage === 'submission' && !choices.some((choice) => choice.value === value))
      return wrong('choice_is_not_offered')
    if (chosen.includes(value)) return wrong('choice_is_repeated')
    chosen.push(value)
  }
  if (chosen.length === 0) return { value: null }
  if (stage === 'draft') return { value: chosen }
  return { value: choices.map((choice) => choice.value).filter((value) => chosen.includes(value)) }
}

/** Of every kind but group. */
export function take_value(field: Field, raw: unknown, stage: Stage, today: string): Taken {
  if (raw === null || raw === undefined) return { value: null }
  if (field.kind === 'multi_choice') return take_several(field, raw, stage)
  if (field.kind === 'boolean')
    return typeof raw === 'boolean' ? { value: raw } : wrong('answer_has_wrong_type')
  return take_text(field, raw, stage, today)
}

/** The value conditions see. */
export function rules_value(field: Field, taken: unknown): Value {
  if (typeof taken === 'boolean') return taken
  if (typeof taken === 'string') {
    if (field.kind === 'number' || field.kind === 'money') return Decimal.read(taken) ?? null
    return field.kind === 'date' ? (Day.read(taken) ?? null) : taken
  }
  if (!Array.isArray(taken)) return null
  return taken.map((item: unknown): Value => {
    if (typeof item !== 'object' || item === null) return String(item)
    const entry: Context = new Map()
    for (const inner of field.fields ?? [])
      entry.set(inner.key, rules_value(inner, (item as Record<string, unknown>)[inner.key] ?? null))
    return entry
  })
}
