// One application being filled in: what the server has of it, what stands on the page, and the saving
// between the two.
// Screens differ between portal and window; this does not. What differs in calls is the port.
import {
  Problem,
  as_problem,
  type Application,
  type Delivery,
  type Dispute,
  type Draft,
  type DraftSave,
  type FileRef,
  type MaterialGiven,
  type Receipt,
  type Text,
  type TextAgreed,
  type WrongField,
} from '@tongban/api'
import { language } from '@tongban/words'
import { wizard_words_ready } from '@tongban/words/wizard'
import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import {
  empty_form,
  holds,
  page_errors,
  read_form,
  sendable,
  visible_fields,
  type Answers,
  type Form,
  type Given,
} from './form-port'
import type { WizardPort } from './port'
import { loses_nothing } from './same-draft'
import { SaveQueue } from './save-queue'
import { is_filled_in, settles_itself, step_after, steps_of, type Paper, type Step } from './steps'
import { use_data } from './use-data'

/** Typed but not yet saved when the session ended; laid back when the person returns. Memory only. */
const unsaved = new Map<string, DraftSave>()

export const agreed_of = (text: Text): TextAgreed => ({
  key: text.key,
  version: text.version,
  hash: text.hash,
})
const same_text = (agreed: TextAgreed | undefined, text: Text): boolean =>
  agreed !== undefined && agreed.hash === text.hash && agreed.version === text.version

export type DisputeGiven = Pick<Dispute, 'value' | 'note'>

export function use_wizard(port: WizardPort, today: () => string) {
  const application = shallowRef<Application | null>(null)
  const draft = shallowRef<Draft | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const form = shallowRef<Form>(empty_form)
  const answers = reactive<Answers>({})
  const given = reactive<Record<string, MaterialGiven>>({})
  const disputes = reactive<Record<string, DisputeGiven>>({})
  const delivery = ref<Delivery>({ recipient: '', phone: '', address: '' })
  const notice = shallowRef<TextAgreed | undefined>()
  const collection = ref<DraftSave['collection']>()
  const by_person = ref(false)
  const step = ref('notice')
  const saved_at = ref('')
  const theirs = shallowRef<Draft | null>(null)
  let begun_with: Draft ///< as this page last saved or laid it out
  const changes = ref<('item' | 'notice' | 'unsaved_kept')[]>([])
  /** pages of the form the person has been on: those are not passed by any more */
  const seen = reactive(new Set<string>())
  let version = 0

  const fields = computed(() => form.value.pages.flatMap((page) => page.fields))
  const supplied = computed<Given>(() => {
    const locked = draft.value?.locked ?? {}
    const own = fields.value.filter((field) => field.locked && locked[field.key])
    return {
      today: today(),
      given: Object.fromEntries(own.map((field) => [field.locked!, locked[field.key]!.value])),
      known: draft.value?.known ?? {},
      locked,
      disputed: Object.fromEntries(Object.entries(disputes).map(([key, one]) => [key, one.value])),
    }
  })

  /** The server says how each paper stands; an answer of its that names none of them leaves it to the item. */
  const papers = computed<Paper[]>(() => {
    const all = application.value?.materials ?? []
    const offers = draft.value?.offers
    return all.flatMap((material): Paper[] => {
      const offer = offers?.find((one) => one.key === material.key)
      if (offers && !offer) return []
      if (!offers && material.when && !holds(material.when, form.value, answers, supplied.value)) return []
      const chosen = material.ways[0] ?? 'upload'
      const because = material.waived_because ?? ''
      return [
        {
          key: material.key,
          material,
          offer: offer ?? { key: material.key, name: material.name, ways: material.ways, chosen, because },
          given: given[material.key],
        },
      ]
    })
  })
  const quiet_pages = computed(() => {
    const quiet = new Set<number>()
    form.value.pages.forEach((page, index) => {
      if (seen.has(`form-${page.id}`)) return
      const shown = visible_fields(form.value, index, answers, supplied.value)
      if (!shown.every((field) => is_filled_in(field, answers, draft.value))) return
      if (errors_of_page(index).length === 0) quiet.add(index)
    })
    return quiet
  })
  const steps = computed<Step[]>(() =>
    application.value
      ? steps_of({
          application: application.value,
          draft: draft.value,
          form: form.value,
          papers: papers.value,
          quiet_pages: quiet_pages.value,
        })
      : [],
  )

  function snapshot(): DraftSave {
    const materials = papers.value.flatMap((paper): MaterialGiven[] => {
      if (paper.given) return [{ ...paper.given }]
      return settles_itself(paper) ? [{ key: paper.key, way: paper.offer.chosen }] : []
    })
    const locked = new Set(Object.keys(draft.value?.locked ?? {}))
    const own = Object.entries(sendable(form.value, answers)).filter(([key]) => !locked.has(key))
    const body: DraftSave = { version, step: step.value, answers: Object.fromEntries(own), materials }
    if (notice.value) body.notice = notice.value
    if (collection.value) body.collection = collection.value
    body.disputes = { ...disputes }
    if (collection.value === 'courier') body.delivery = { ...delivery.value }
    return body
  }

  const queue = new SaveQueue(() => save(snapshot()))
  onScopeDispose(() => queue.stop())

  async function save(body: DraftSave, once_more = true): Promise<void> {
    try {
      const saved = await port.save(body)
      unsaved.delete(port.id)
      version = saved.version
      saved_at.value = saved.updated_at
      draft.value = begun_with = saved
      data.plan() // what was answered may lead to further questions to the registers
    } catch (thrown) {
      const failed = as_problem(thrown)
      if (failed.status === 401) unsaved.set(port.id, body)
      if (failed.code === 'draft_changed_meanwhile') {
        const other = await port.load()
        if (once_more && loses_nothing(begun_with, body, other))
          return save({ ...body, version: other.version }, false)
        theirs.value = other
      }
      throw failed
    }
  }

  /** What a source gave, beside what is being typed: answers that stand are left alone. */
  function take_data(told: Draft): void {
    draft.value = told
    // What another tab gave meanwhile is not on this page: then the next saving has to find that out.
    if (loses_nothing(begun_with, snapshot(), told)) version = Math.max(version, told.version)
    fill_in(told)
  }
  const data = use_data(port, draft, take_data)

  /** Offers go into empty fields only. */
  function fill_in(told: Draft): void {
    let changed = false
    for (const [key, offered] of Object.entries(told.prefill ?? {})) {
      if (answers[key] !== undefined || seen.has(key) || offered.value === undefined) continue
      answers[key] = JSON.parse(JSON.stringify(offered.value)) as unknown
      changed = true
    }
    if (changed) queue.changed()
  }

  function lay_out(found: Draft): void {
    draft.value = begun_with = found
    version = found.version
    saved_at.value = found.updated_at
    step.value = found.step
    lay_values(found)
  }

  function lay_values(
    values:
      Pick<DraftSave, 'answers' | 'materials' | 'notice' | 'collection' | 'disputes' | 'delivery'> | Draft,
  ): void {
    refill(answers, structuredClone(values.answers))
    refill(given, {})
    for (const material of values.materials)
      if (!['waived', 'licence'].includes(material.way)) given[material.key] = { ...material }
    refill(disputes, {})
    for (const [key, one] of Object.entries(values.disputes ?? {}))
      disputes[key] = { value: one.value, ...(one.note ? { note: one.note } : {}) }
    if (values.delivery) delivery.value = { ...values.delivery }
    notice.value = values.notice
    collection.value = values.collection as DraftSave['collection']
  }
  function refill(into: Record<string, unknown>, values: Record<string, unknown>): void {
    for (const key of Object.keys(into)) delete into[key]
    Object.assign(into, values)
  }

  async function load(): Promise<void> {
    problem.value = null
    try {
      const found = await port.load()
      const item = await port.application(found.item)
      await wizard_words_ready
      form.value = read_form(item.form)
      application.value = item
      lay_out(found)
      keep_waiting_values(found)
      tell_changes(found, item)
      if (item.collection.length === 1) collection.value = item.collection[0]
      if (found.step === 'notice' || found.step === 'data') fill_in(found)
      data.plan()
    } catch (thrown) {
      problem.value = as_problem(thrown)
    }
  }

  /** In the language chosen since; what stands on the page stays. */
  async function read_again(): Promise<void> {
    if (!draft.value || !application.value) return
    await queue.flush().catch(() => undefined)
    try {
      const item = await port.application(draft.value.item)
      form.value = read_form(item.form)
      application.value = item
      if (queue.state.value === 'saved') take_data(await port.load())
    } catch {
      // the words that are here stay until the page is opened again
    }
  }
  watch(language, () => void read_again())

  function keep_waiting_values(found: Draft): void {
    const waiting = unsaved.get(port.id)
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
    seen.add(key)
    if (value === undefined || value === '') delete answers[key]
    else answers[key] = value
    queue.changed()
  }

  /** 纠错: both values are kept. Undefined takes it back. */
  function dispute(key: string, told: DisputeGiven | undefined): void {
    if (told) disputes[key] = told
    else delete disputes[key]
    queue.changed()
  }

  function agree_notice(yes: boolean): void {
    notice.value = yes && application.value ? agreed_of(application.value.notice) : undefined
    queue.changed()
  }

  /** Null: go on without the look-up. */
  async function ask_data(consent: TextAgreed | undefined): Promise<boolean> {
    await queue.flush().catch(() => undefined)
    if (queue.state.value === 'conflict') return false
    return data.ask(consent)
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

  function deliver(to: Delivery): void {
    delivery.value = to
    queue.changed()
  }

  /** Who decides, where rules could at once. Told with the submission, not kept before it. */
  function leave_to_person(who: 'person' | 'rules'): void {
    by_person.value = who === 'person'
  }

  /** Remembers where the person is; saved with the next change or when leaving. */
  function go_to(id: string): void {
    seen.add(id)
    if (step.value === id) return
    step.value = id
    queue.changed()
  }

  /** Saves, then says which step comes; undefined when two drafts must be told apart first. */
  async function next(id: string): Promise<Step | undefined> {
    await queue.flush().catch(() => undefined)
    return queue.state.value === 'conflict' ? undefined : step_after(steps.value, id)
  }

  /** After both drafts were shown: this one, or the one from the other place. */
  function choose_draft(which: 'mine' | 'theirs'): void {
    const other = theirs.value
    if (!other) return
    theirs.value = null
    if (which === 'theirs') lay_out(other)
    else version = other.version
    queue.resolved(which === 'theirs' ? 'nothing_to_save' : 'save_mine')
  }

  function errors_of_page(index: number): WrongField[] {
    const filled = draft.value?.locked ?? {}
    return page_errors(form.value, index, answers, supplied.value).filter(
      (wrong) => filled[wrong.path.split('/')[2] ?? ''] === undefined,
    )
  }

  async function check(key: string): Promise<WrongField[]> {
    await queue.flush()
    return (await port.check(key)).wrong
  }

  async function submit(key: string): Promise<Receipt> {
    await queue.flush()
    if (!application.value) throw new Problem({ status: -1, code: 'page_failed' })
    return port.submit(key, {
      version,
      declaration: agreed_of(application.value.declaration),
      ...(by_person.value ? { by_person: true } : {}),
    })
  }

  return {
    port,
    application,
    draft,
    problem,
    form,
    answers,
    given,
    disputes,
    delivery,
    notice,
    collection,
    by_person,
    step,
    steps,
    papers,
    supplied,
    saved_at,
    theirs,
    changes,
    queue,
    data,
    load,
    answer,
    dispute,
    agree_notice,
    ask_data,
    give,
    take_back,
    collect,
    deliver,
    leave_to_person,
    go_to,
    next,
    choose_draft,
    errors_of_page,
    check,
    submit,
  }
}

export type Wizard = ReturnType<typeof use_wizard>
/** What every body of a step offers its page: shows what is missing and says whether one may go on. */
export interface StepBody {
  try_leave(): boolean
}
