// The one place where the kit meets packages/forms.
import type { WrongField } from '@tongban/api'
import {
  checkAll,
  checkPage,
  decide,
  sentence,
  visibleFields,
  type Answers,
  type Asked,
  type Field,
  type Form,
  type Tree,
  type Worded,
} from '@tongban/forms'
import { code_words, day_text, language, t } from '@tongban/words'

export type { Answers, Field, Form } from '@tongban/forms'
/** The server's today, what it supplies, what sources gave and what the person says is wrong with it. */
export type Given = Pick<Asked, 'today' | 'given' | 'known' | 'locked' | 'disputed'>

export const empty_form: Form = { version: 1, title: '', pages: [] }
export const read_form = (from: unknown): Form => from as Form

/** A text of the form in the language chosen: Chinese under its name, English under `x-en`. */
export function form_words(of: Worded, name: 'label' | 'hint' | 'title'): string {
  const chinese = (of as unknown as Record<string, unknown>)[name]
  return (
    (language.value === 'en' ? of['x-en']?.[name] : undefined) ?? (typeof chinese === 'string' ? chinese : '')
  )
}

export function visible_fields(form: Form, page: number, answers: Answers, given: Given): Field[] {
  const { shown } = visibleFields(form, { ...answers }, given)
  return (form.pages[page]?.fields ?? []).filter((field) => shown.has(`/answers/${field.key}`))
}

/** What the server would say of this page; `detail` is the sentence in the language chosen. */
export function page_errors(form: Form, page: number, answers: Answers, given: Given): WrongField[] {
  const id = form.pages[page]?.id
  if (id === undefined) return []
  return checkPage(form, id, { ...answers }, given).errors.map((error) => ({
    path: error.path,
    code: error.code,
    detail: sentence(error, language.value),
  }))
}

/** Of values that are hidden the server wants to hear nothing; half-filled ones it keeps. */
export function sendable(form: Form, answers: Answers): Answers {
  const locked = new Set(
    form.pages
      .flatMap((page) => page.fields)
      .filter((field) => field.locked)
      .map((field) => field.key),
  )
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !locked.has(key)))
}

/**
 * A condition over the answers that belongs to no field: whether a paper is asked. Only a plain no says it
 * is not.
 */
export function holds(condition: unknown, form: Form, answers: Answers, given: Given): boolean {
  const { context } = checkAll(form, { ...answers }, given)
  return decide(condition as Tree, context).verdict !== 'no'
}

function field_at(form: Form, path: string): Field | undefined {
  const keys = path
    .split('/')
    .slice(2)
    .filter((part) => !/^\d+$/.test(part))
  const top = form.pages.flatMap((page) => page.fields).find((field) => field.key === keys[0])
  return keys.length > 1 ? top?.fields?.find((field) => field.key === keys[1]) : top
}

/**
 * The sentence of a wrong field, the same beside the field and in the summary. `label` is used when the
 * form has no such field.
 */
export function error_text(form: Form, wrong: WrongField, label = ''): string {
  const field = field_at(form, wrong.path)
  if (language.value === 'zh' && wrong.detail) return wrong.detail.replace(/。$/, '')
  if (field) {
    const own = sentence(
      { path: wrong.path, code: wrong.code, label: field.label, label_en: field['x-en']?.['label'] },
      language.value,
    )
    if (own) return own.includes('  ') || own.endsWith(' ') ? (wrong.detail ?? own) : own
  }
  const words = code_words(wrong.code, wrong.detail)
  return label ? `${label}${t('kit.colon')}${words}` : words
}

/** A value of a source in words: lists joined, codes of a choice by their label. */
export function locked_text(field: Field, value: unknown): string {
  const plain = typeof value === 'object' && value !== null && '$date' in value ? value.$date : value
  if (Array.isArray(plain) && field.kind !== 'multi_choice' && field.kind !== 'group')
    return plain.map(String).join(t('material.or'))
  if (typeof plain === 'boolean') return t(plain ? 'kit.yes' : 'kit.no')
  return answer_text(field, plain)
}

/** An answer as a person reads it. */
export function answer_text(field: Field, value: unknown): string {
  if (value === undefined || value === null || value === '') return ''
  const choice = (one: unknown): string => {
    const found = field.choices?.find((each) => each.value === one)
    return found ? form_words(found, 'label') : String(one)
  }
  switch (field.kind) {
    case 'choice':
      return choice(value)
    case 'multi_choice':
      return (value as unknown[]).map(choice).join(t('ruler.and'))
    case 'boolean':
      return t(value === true ? 'kit.yes' : 'kit.no')
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(String(value))
        ? day_text(String(value), { year: 'always', weekday: 'without' })
        : String(value)
    case 'group':
      return (value as Answers[])
        .map((row) =>
          (field.fields ?? [])
            .map((inner) => answer_text(inner, row[inner.key]))
            .filter(Boolean)
            .join(t('ruler.and')),
        )
        .join('\n')
    default:
      return String(value)
  }
}
