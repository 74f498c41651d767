// A form as the server ships it (forms::to_browser).
import type { Tree } from './feel'

export type FieldKind =
  | 'text'
  | 'long_text'
  | 'name'
  | 'address'
  | 'choice'
  | 'multi_choice'
  | 'date'
  | 'id_number'
  | 'credit_code'
  | 'phone'
  | 'number'
  | 'money'
  | 'boolean'
  | 'group'

/** English texts stand beside the Chinese ones. */
export interface Worded {
  'x-en'?: Record<string, string>
}
export interface Choice extends Worded {
  value: string
  label: string
  hint?: string
}
export interface Rule extends Worded {
  when: Tree
  message: string
}
export interface Field extends Worded {
  key: string
  kind: FieldKind
  label: string
  hint?: string
  optional?: boolean
  /** The supplied name the server fills it from; what a client sends is ignored. */
  locked?: string
  /** A datum of a source, `household.address`: where it is there the server fills the field from it. */
  source?: string
  /** Offered to begin with; the person may change it. */
  prefill?: string
  max_length?: number
  pattern?: string
  pattern_message?: string
  min?: string | number
  max?: string | number
  decimals?: number
  choices?: Choice[]
  fields?: Field[]
  visible_when?: Tree
  required_when?: Tree
  valid_when?: Rule[]
}
export interface Page extends Worded {
  id: string
  title: string
  hint?: string
  fields: Field[]
}
export interface Form extends Worded {
  version: number
  title: string
  pages: Page[]
}

export type Answers = Record<string, unknown>
