// One intake on one page: its blocks with what is missing in each, and the one key that leads through them.
import { computed, nextTick, ref, shallowRef, watch } from 'vue'
import { as_problem, new_intent } from '@tongban/api'
import type { Problem, Receipt, WrongField } from '@tongban/api'
import { t } from '@tongban/words/desk'
import { control_id, form_words, is_given, settles_itself } from '@tongban/kit/wizard'
import type { Wizard } from '@tongban/kit/wizard'
import { CONTROLS } from '../fast-form'
import { next_of } from './blocks'
import type { Block } from './blocks'
import type { Confirming } from './use-confirmation'

/** Where the cursor goes when a block is entered: the first thing missing in it. */
export interface BlockDoor {
  try_leave(): boolean
  first_missing?(): string | undefined
}

export function use_intake(
  wizard: Wizard,
  confirming: Confirming,
  doors: () => Record<string, BlockDoor | undefined>,
) {
  const at = ref('data')
  const refused = ref<WrongField[]>([])
  const problem = shallowRef<Problem>()
  const busy = ref(false)
  let intent = new_intent()

  const wants_consent = computed(
    () =>
      wizard.data.data.value?.consent_needed === true &&
      !wizard.data.was_asked.value &&
      !wizard.data.refused.value,
  )
  const blocks = computed<Block[]>(() => wizard.steps.value.flatMap((step) => block_of(step)))

  function block_of(step: (typeof wizard.steps.value)[number]): Block[] {
    switch (step.kind) {
      case 'data':
        return [
          { id: 'data', kind: 'data', title: t('desk.intake.data'), missing: wants_consent.value ? 1 : 0 },
        ]
      case 'form': {
        const page = wizard.form.value.pages[step.page]
        const title = page ? form_words(page, 'title') : ''
        return [{ id: step.id, kind: 'form', title, missing: wizard.errors_of_page(step.page).length }]
      }
      case 'materials':
        return [
          { id: 'materials', kind: 'materials', title: t('desk.materials.title'), missing: papers_missing() },
        ]
      case 'collection':
        return [
          {
            id: 'collection',
            kind: 'collection',
            title: t('collection.title'),
            missing: collection_missing(),
          },
        ]
      case 'confirm':
        return [
          {
            id: 'confirm',
            kind: 'confirm',
            title: t('desk.confirm.title'),
            missing: confirming.is_confirmed.value ? 0 : 1,
          },
        ]
      default:
        return []
    }
  }

  function papers_missing(): number {
    return wizard.papers.value.filter(
      (paper) => paper.material.necessity === 'required' && !settles_itself(paper) && !is_given(paper),
    ).length
  }

  function collection_missing(): number {
    if (!wizard.collection.value) return 1
    if (wizard.collection.value !== 'courier') return 0
    const { recipient, phone, address } = wizard.delivery.value
    return [recipient, phone, address].some((text) => text.trim() === '') ? 1 : 0
  }

  /** Moves the cursor to the first thing missing in a block, or to its heading. */
  async function enter(id: string): Promise<void> {
    at.value = id
    await nextTick()
    const block = document.querySelector<HTMLElement>(`[data-block="${CSS.escape(id)}"]`)
    if (!block) return
    block.scrollIntoView({ block: 'start' })
    const control = first_control(id, block)
    control?.focus()
  }

  function first_control(id: string, block: HTMLElement): HTMLElement | null {
    const wanted = doors()[id]?.first_missing?.() ?? first_wrong_of_form(id)
    const place = wanted ? document.getElementById(wanted) : null
    const inside = place?.matches('input, select, textarea')
      ? place
      : place?.querySelector<HTMLElement>(CONTROLS)
    if (inside) return inside
    const wanting = blocks.value.find((one) => one.id === id)
    const open = wanting && wanting.missing > 0 && wanting.kind !== 'data' ? first_open(block) : undefined
    return open ?? block.querySelector<HTMLElement>('h2')
  }

  function first_open(block: HTMLElement): HTMLElement | undefined {
    const controls = [...block.querySelectorAll<HTMLInputElement>(CONTROLS)]
    return controls.find((one) =>
      one.type === 'radio' || one.type === 'checkbox' ? !one.checked : one.value === '',
    )
  }

  function first_wrong_of_form(id: string): string | undefined {
    const step = wizard.steps.value.find((one) => one.id === id)
    const wrong = step?.kind === 'form' ? wizard.errors_of_page(step.page)[0] : undefined
    return wrong ? control_id(wrong.path) : undefined
  }

  /** Saved and looked through by the server: what it would refuse stands beside its place. */
  async function is_complete(): Promise<boolean> {
    busy.value = true
    problem.value = undefined
    try {
      refused.value = await wizard.check(new_intent())
      return refused.value.length === 0
    } catch (thrown) {
      problem.value = as_problem(thrown)
      return false
    } finally {
      busy.value = false
    }
  }

  async function confirm(way: 'screen' | 'code'): Promise<void> {
    if (await is_complete()) await confirming.ask(way)
    await enter('confirm')
  }

  async function submit(): Promise<Receipt | undefined> {
    if (busy.value) return undefined
    busy.value = true
    problem.value = undefined
    try {
      return await wizard.submit(intent)
    } catch (thrown) {
      const failed = as_problem(thrown)
      problem.value = failed
      if (failed.fields.length > 0) refused.value = failed.fields
      if (failed.code === 'not_confirmed_by_the_person') confirming.fell_void()
      if (!failed.undecided) intent = new_intent()
      return undefined
    } finally {
      busy.value = false
    }
  }

  /** What Ctrl Enter does now. */
  const next = computed(() => next_of(blocks.value, at.value, confirming.is_confirmed.value))

  async function go_on(): Promise<Receipt | undefined> {
    const here = blocks.value.find((block) => block.id === at.value)
    if (here && here.missing > 0) doors()[at.value]?.try_leave()
    const step = next.value
    if (step === 'submit') return submit()
    if (step === 'confirm') {
      if (confirming.state.value !== 'waiting') await confirm('screen')
      return undefined
    }
    if (step.go === 'data' && at.value === 'data' && wants_consent.value) {
      if (confirming.state.value !== 'waiting') await confirming.ask('screen')
      return undefined
    }
    await enter(step.go)
    return undefined
  }

  watch(
    () => wizard.draft.value?.version,
    () => {
      if (refused.value.length > 0) refused.value = []
    },
  )
  return { at, blocks, refused, problem, busy, next, wants_consent, enter, confirm, submit, go_on }
}
