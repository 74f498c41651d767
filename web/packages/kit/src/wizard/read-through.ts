// All that will be handed in, in words: for the confirmation page, and for what a clerk shows to a person.
import type { LockedValue } from '@tongban/api'
import { t } from '@tongban/words'
import { answer_text, form_words, locked_text, visible_fields, type Field } from './form-port'
import { is_given, type Paper } from './steps'
import type { Wizard } from './use-wizard'

export interface ReadRow {
  key: string
  label: string
  text: string
  /** where it comes from, when not from the person */
  source: string
  /** a register's value that the person may say is wrong */
  disputable?: boolean
}
export interface ReadPage {
  id: string
  title: string
  rows: ReadRow[]
}

export const source_words = (locked: LockedValue): string =>
  locked.source === 'real_name' ? t('source.real_name') : locked.source_name

function row_of(field: Field, wizard: Wizard): ReadRow {
  const row = { key: field.key, label: form_words(field, 'label') }
  const locked = wizard.draft.value?.locked[field.key]
  if (!locked) return { ...row, text: answer_text(field, wizard.answers[field.key]), source: '' }
  const registered = locked_text(field, locked.value)
  const dispute = wizard.disputes[field.key]
  if (dispute) {
    const value = locked_text(field, dispute.value)
    return { ...row, text: t('confirm.disputed', { value, source: registered }), source: '' }
  }
  const source = source_words(locked)
  return {
    ...row,
    text: registered,
    disputable: locked.disputable,
    source: locked.age_text ? t('source.age', { source, age: locked.age_text }) : t('kit.source', { source }),
  }
}

export function read_pages(wizard: Wizard): ReadPage[] {
  return wizard.form.value.pages.map((page, index) => ({
    id: page.id,
    title: form_words(page, 'title'),
    rows: visible_fields(wizard.form.value, index, wizard.answers, wizard.supplied.value)
      .map((field) => row_of(field, wizard))
      .filter((row) => row.text !== ''),
  }))
}

/** How a paper is handed in, and why so. */
export function paper_text(paper: Paper): string {
  const { given, offer } = paper
  switch (given?.way ?? offer.chosen) {
    case 'waived':
      return t('confirm.waived', { why: offer.because })
    case 'licence':
      return t('confirm.licence')
    case 'promise':
      return is_given(paper) ? t('confirm.promised') : t('confirm.none')
    case 'window':
      return is_given(paper) ? t('confirm.window') : t('confirm.none')
    case 'upload':
      return is_given(paper)
        ? (given?.files ?? []).map((file) => file.name).join(t('ruler.and'))
        : t('confirm.none')
  }
}

/** 少填 n 项，少交 n 份 */
export function saved_text(wizard: Wizard): string {
  const burden = wizard.draft.value?.burden
  const fields = burden?.fields_prefilled ?? 0
  const papers = burden ? burden.materials_waived + burden.materials_from_licence : 0
  if (fields && papers) return t('confirm.saved', { fields, papers })
  if (fields) return t('confirm.saved_fields', { fields })
  return papers ? t('confirm.saved_papers', { papers }) : ''
}
