// One application being filled in: what the server has of it, what stands on the page, and the saving
// between the two.
// Screens differ between portal and window; this does not.
import {
  Problem,
  api,
  as_problem,
  type Application,
  type AskedMaterial,
  type Draft,
  type DraftSave,
  type FileRef,
  type MaterialGiven,
  type Receipt,
  type Text,
  type TextAgreed,
  type WrongField,
} from '@tongban/api'
import { computed, onScopeDispose, reactive, ref, shallowRef } from 'vue'
import {
  empty_form,
  holds,
  page_errors,
  read_form,
  sendable,
  type Answers,
  type Form,
  type Given,
} from './form-port'
import { SaveQueue } from './save-queue'
import { needs_person, steps_of } from './steps'

/** Typed but not yet saved when the session ended; laid back when the person returns. Memory only. */
const unsaved = new Map<string, DraftSave>()

export const agreed_of = (text: Text): TextAgreed => ({
  key: text.key,
  version: text.version,
  hash: text.hash,
})
const same_text = (agreed: TextAgreed | undefined, text: Text): boolean =>
  agreed !== undefined && agreed.hash === text.hash && agreed.version === text.version

export function use_wizard(draft_id: string, today: () => string) {
  const application = shallowRef<Application | null>(null)
  const draft = shallowRef<Draft | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const form = shallowRef<Form>(empty_form)
  const answers = reactive<Answers>({})
  const given = reactive<Record<string, MaterialGiven>>({})
  const notice = shallowRef<TextAgreed | undefined>()
  const collection = ref<DraftSave['collection']>()
  const step = ref('notice')
  const saved_at = ref('')
  const theirs = shallowRef<Draft | null>(null)
  const changes = ref<('item' | 'notice' | 'unsaved_kept')[]>([])
  let version = 0
  let take_theirs = false

  const supplied = computed<Given>(() => {
    const values: Given = { today: today() }
    for (const field of form.value.pages.flatMap((page) => page.fields)) {
      const locked = draft.value?.locked[field.key] as { value?: unknown } | undefined
      if (field.locked && locked) values[field.locked] = locked.value
    }
    return values
  })
  const asked = computed<AskedMaterial[]>(() =>
    (application.value?.materials ?? []).filter(
      (material) => !material.when || holds(material.when, form.value, answers, supplied.value),
    ),
  )
  const steps = computed(() =>
    application.value ? steps_of(application.value, form.value, asked.value) : [],
  )

  function snapshot(): DraftSave {
    const materials = asked.value.flatMap((material): MaterialGiven[] => {
      if (!needs_person(material)) return [{ key: material.key, way: 'waived' }]
      const own = given[material.key]
      return own ? [{ ...own }] : []
    })
    const body: DraftSave = { version, step: step.value, answers: sendable(form.value, answers), materials }
    if (notice.value) body.notice = notice.value
    if (collection.value) body.collection = collection.value
    return body
  }

  const queue = new SaveQueue(async () => {
    const body = snapshot()
    try {
      const saved = await api.drafts.save(draft_id, body)
      unsaved.delete(draft_id)
      version = saved.version
      saved_at.value = saved.updated_at
      draft.value = saved
    } catch (thrown) {
      const failed = as_problem(thrown)
      if (failed.status === 401) unsaved.set(draft_id, body)
      if (failed.code === 'draft_changed_meanwhile') theirs.value = await api.drafts.one(draft_id)
      throw failed
    }
  })
  onScopeDispose(() => queue.stop())

  function lay_out(found: Draft): void {
    draft.value = found
    version = found.version
    saved_at.value = found.updated_at
    step.value = found.step
    lay_values(found)
  }

  function lay_values(
    values: Pick<DraftSave, 'answers' | 'materials' | 'notice' | 'collection'> | Draft,
  ): void {
    for (const key of Object.keys(answers)) delete answers[key]
    Object.assign(answers, structuredClone(values.answers))
    for (const key of Object.keys(given)) delete given[key]
    for (const material of values.materials) given[material.key] = { ...material }
    notice.value = values.notice
    collection.value = values.collection as DraftSave['collection']
  }

  async function load(): Promise<void> {
    problem.value = null
    try {
      const found = await api.drafts.one(draft_id)
      const item = await api.catalog.application(found.item)
      form.value = read_form(item.form)
      application.value = item
      lay_out(found)
      keep_waiting_values(found)
      tell_changes(found, item)
      if (item.collection.length === 1) collection.value = item.collection[0]
    } catch (thrown) {
      problem.value = as_problem(thrown)
    }
  }

  function keep_waiting_values(found: Draft): void {
    const waiting = unsaved.get(draft_id)
    if (!waiting || waiting.version !== found.version) return
    lay_values(waiting)
    changes.value.push('unsaved_kept')
    queue.changed()
  }

  /** Returning: what changed since. A notice that changed has to be read again. */
  function tell_changes(found: Draft, item: Application): void {
    if (found.item_changed) changes.value.push('item')
    if (found.notice && !same_text(found.notice, item.notice)) {
      notice.value = undefined
      changes.value.push('notice')
    }
  }

  function answer(key: string, value: unknown): void {
    if (value === undefined || value === '') delete answers[key]
    else answers[key] = value
    queue.changed()
  }

  function agree_notice(yes: boolean): void {
    notice.value = yes && application.value ? agreed_of(application.value.notice) : undefined
    queue.changed()
  }

  function give(key: string, way: MaterialGiven['way'], files: FileRef[] = [], promise?: Text): void {
    given[key] = {
      key,
      way,
      ...(way === 'upload' ? { files } : {}),
      ...(promise ? { promise: agreed_of(promise) } : {}),
    }
    queue.changed()
  }

  function take_back(key: string): void {
    delete given[key]
    queue.changed()
  }

  function collect(by: DraftSave['collection']): void {
    collection.value = by
    queue.changed()
  }

  /** Remembers where the person is; saved with the next change or when leaving. */
  function go_to(id: string): void {
    if (step.value === id) return
    step.value = id
    queue.changed()
  }

  /** After both drafts were shown: this one, or the one from the other place. */
  function choose_draft(which: 'mine' | 'theirs'): void {
    const other = theirs.value
    if (!other) return
    take_theirs = which === 'theirs'
    theirs.value = null
    if (take_theirs) lay_out(other)
    else version = other.version
    queue.resolved(take_theirs ? 'nothing_to_save' : 'save_mine')
  }

  const errors_of_page = (index: number): WrongField[] =>
    page_errors(form.value, index, answers, supplied.value)

  async function check(key: string): Promise<WrongField[]> {
    await queue.flush()
    return (await api.drafts.check(key, draft_id)).wrong
  }

  async function submit(key: string): Promise<Receipt> {
    await queue.flush()
    if (!application.value) throw new Problem({ status: -1, code: 'page_failed' })
    return api.drafts.submit(key, draft_id, {
      version,
      declaration: agreed_of(application.value.declaration),
    })
  }

  return {
    application,
    draft,
    problem,
    form,
    answers,
    given,
    notice,
    collection,
    step,
    steps,
    asked,
    supplied,
    saved_at,
    theirs,
    changes,
    queue,
    load,
    answer,
    agree_notice,
    give,
    take_back,
    collect,
    go_to,
    choose_draft,
    errors_of_page,
    check,
    submit,
  }
}

export type Wizard = ReturnType<typeof use_wizard>
