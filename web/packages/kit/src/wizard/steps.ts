// The steps of an application, in order, and where each wrong answer is mended.
import type { Application, AskedMaterial, WrongField } from '@tongban/api'
import type { Field, Form } from './form-port'

export type StepKind = 'notice' | 'form' | 'materials' | 'collection' | 'confirm'
export interface Step {
  /** the last part of the address: notice, form-applicant, materials, collection, confirm */
  id: string
  kind: StepKind
  /** of kind form: which page */
  page: number
}

/** All waived: the step of papers is skipped. One way to collect: that step is skipped too. */
export function steps_of(application: Application, form: Form, asked: AskedMaterial[]): Step[] {
  const step = (id: string, kind: StepKind, page = 0): Step => ({ id, kind, page })
  return [
    step('notice', 'notice'),
    ...form.pages.map((page, index) => step(`form-${page.id}`, 'form', index)),
    ...(asked.some(needs_person) ? [step('materials', 'materials')] : []),
    ...(application.collection.length > 1 ? [step('collection', 'collection')] : []),
    step('confirm', 'confirm'),
  ]
}

export const needs_person = (material: AskedMaterial): boolean => material.ways[0] !== 'waived'

/** What the bar shows: pages of the form are one, the receipt is the last. */
export function bar_of(steps: Step[]): (StepKind | 'receipt')[] {
  const kinds: (StepKind | 'receipt')[] = []
  for (const step of steps) if (!kinds.includes(step.kind)) kinds.push(step.kind)
  return [...kinds, 'receipt']
}

export const step_after = (steps: Step[], id: string): Step | undefined =>
  steps[steps.findIndex((step) => step.id === id) + 1]
export const step_before = (steps: Step[], id: string): Step | undefined =>
  steps[steps.findIndex((step) => step.id === id) - 1]

/** `/answers/members/0/name` → the field `members`; `/materials/x` → x. */
function parts_of(path: string): [string, string] {
  const [, part = '', key = ''] = path.split('/')
  return [part, key]
}

export interface Mend {
  step: string
  /** id of the control on that step */
  control: string
  /** what it is called */
  label: string
}

export function mend_of(
  wrong: WrongField,
  form: Form,
  application: Application,
  words: (text: Field['label']) => string,
): Mend {
  const [part, key] = parts_of(wrong.path)
  if (part === 'materials') {
    const material = application.materials.find((one) => one.key === key)
    return { step: 'materials', control: `material-${key}`, label: material?.name ?? '' }
  }
  if (part === 'notice') return { step: 'notice', control: 'notice-agreed', label: '' }
  if (part === 'collection') return { step: 'collection', control: 'collection', label: '' }
  for (const page of form.pages) {
    const field = page.fields.find((one) => one.key === key)
    if (field) return { step: `form-${page.id}`, control: control_id(wrong.path), label: words(field.label) }
  }
  return { step: 'confirm', control: '', label: '' }
}

/** The id of the control of a path below the answers: `/answers/members/0/name` → `f-members-0-name`. */
export const control_id = (path: string): string => path.replace(/^\/answers/, 'f').replaceAll('/', '-')
