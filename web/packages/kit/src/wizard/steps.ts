// The steps of an application, in order, and where each wrong answer is mended.
import type {
  Application,
  AskedMaterial,
  Draft,
  MaterialGiven,
  MaterialOffer,
  WrongField,
} from '@tongban/api'
import type { Answers, Field, Form } from './form-port'

export type StepKind = 'notice' | 'data' | 'form' | 'materials' | 'collection' | 'confirm'
export interface Step {
  /** the last part of the address: notice, data, form-applicant, materials, collection, confirm */
  id: string
  kind: StepKind
  /** of kind form: which page */
  page: number
  /** nothing on it waits for the person: going forward passes it by, going back or 改 opens it */
  quiet: boolean
}

/** How one paper stands: what the item asks, what the server offers, what the person chose. */
export interface Paper {
  key: string
  material: AskedMaterial
  offer: MaterialOffer
  given: MaterialGiven | undefined
}

const without_an_act = new Set(['waived', 'licence'])
/** Handed in without anything the person must do. */
export const settles_itself = (paper: Paper): boolean =>
  without_an_act.has(paper.given?.way ?? paper.offer.chosen)

/** Whether what the person gave is whole: files are there, a promise was read, a way was chosen. */
export function is_given({ given }: Pick<Paper, 'given'>): boolean {
  if (!given) return false
  if (given.way === 'upload') return (given.files ?? []).length > 0
  return given.way !== 'promise' || given.promise !== undefined
}

export interface Standing {
  application: Application
  draft: Draft | null
  form: Form
  papers: Paper[]
  /** pages the person has nothing to do on, by index */
  quiet_pages: ReadonlySet<number>
}

/** All waived: the step of papers is skipped. One way to collect: that step is skipped too. */
export function steps_of({ application, draft, form, papers, quiet_pages }: Standing): Step[] {
  const step = (id: string, kind: StepKind, page = 0, quiet = false): Step => ({ id, kind, page, quiet })
  const all_waived = papers.every((paper) => paper.offer.chosen === 'waived' && paper.offer.ways.length < 2)
  return [
    step('notice', 'notice'),
    ...(draft?.data?.asks.length ? [step('data', 'data')] : []),
    ...form.pages.map((page, index) => step(`form-${page.id}`, 'form', index, quiet_pages.has(index))),
    ...(all_waived ? [] : [step('materials', 'materials', 0, papers.every(settles_itself))]),
    ...(application.collection.length > 1 ? [step('collection', 'collection')] : []),
    step('confirm', 'confirm'),
  ]
}

/** What the bar shows: pages of the form are one, quiet steps are none unless one stands on them. */
export function bar_of(steps: Step[], at: string): StepKind[] {
  const kinds: StepKind[] = []
  for (const step of steps)
    if ((!step.quiet || step.id === at) && !kinds.includes(step.kind)) kinds.push(step.kind)
  return kinds
}

export function step_after(steps: Step[], id: string): Step | undefined {
  const at = steps.findIndex((step) => step.id === id)
  return steps.find((step, index) => index > at && !step.quiet)
}
/** Going back opens quiet steps as well: the person wants to see them. */
export const step_before = (steps: Step[], id: string): Step | undefined =>
  steps[steps.findIndex((step) => step.id === id) - 1]

/** A field the person has nothing to do on: the government's value, or one filled in for them and not changed. */
export function is_filled_in(field: Field, answers: Answers, draft: Draft | null): boolean {
  if (field.locked || draft?.locked[field.key]) return true
  const offered = draft?.prefill?.[field.key]
  return offered !== undefined && JSON.stringify(offered.value) === JSON.stringify(answers[field.key])
}

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
  if (part === 'data') return { step: 'data', control: 'data-agreed', label: '' }
  if (part === 'collection') return { step: 'collection', control: 'collection', label: '' }
  if (part === 'delivery') return { step: 'collection', control: `delivery-${key}`, label: '' }
  for (const page of form.pages) {
    const field = page.fields.find((one) => one.key === key)
    if (field) return { step: `form-${page.id}`, control: control_id(wrong.path), label: words(field.label) }
  }
  return { step: 'confirm', control: '', label: '' }
}

/** The id of the control of a path below the answers: `/answers/members/0/name` → `f-members-0-name`. */
export const control_id = (path: string): string => path.replace(/^\/answers/, 'f').replaceAll('/', '-')
