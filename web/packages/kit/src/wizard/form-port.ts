// The one place where the kit meets packages/forms.
import { language } from '@tongban/words'

export type Kind =
  | 'text' | 'long_text' | 'name' | 'address' | 'choice' | 'multi_choice' | 'date' | 'id_number' | 'credit_code' | 'phone'
  | 'number' | 'money' | 'boolean' | 'group'
export type Answers = Record<string, unknown>
export type Given = Record<string, unknown>

interface Worded { 'x-en'?: Record<string, string> }
export interface FieldChoice extends Worded { value: string; label: string; hint?: string }
export interface Field extends Worded {
  key: string
  kind: Kind
  label: string
  hint?: string
  optional?: boolean
  locked?: string
  max_length?: number
  choices?: FieldChoice[]
  min?: number | string
  max?: number | string
  fields?: Field[]
}
export interface Page extends Worded { id: string; title: string; hint?: string; fields: Field[] }
export interface Form extends Worded { version?: number; title?: string; pages: Page[] }

/** A text of the form in the language chosen: Chinese under its name, English under `x-en`. */
export function form_words(of: Worded, name: 'label' | 'hint' | 'title'): string {
  const chinese = (of as Record<string, unknown>)[name]
  return (language.value === 'en' ? of['x-en']?.[name] : undefined) ?? (typeof chinese === 'string' ? chinese : '')
}
