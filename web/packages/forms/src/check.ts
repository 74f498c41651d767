// Answers against a form, as src/forms/check.cpp does. The server checks again; this is to tell people early.
import { Decimal } from './decimal'
import { decide, type Reason, type Tree } from './feel'
import { rules_value, take_value, type Stage } from './fields'
import type { Answers, Field, FieldKind, Form, Rule } from './form'
import type { Wrong } from './text'
import { Day, from_json, put_path, type Context } from './value'

export interface Asked {
  /** 2026-10-15, from the server's clock. */
  today: string
  /** Supplied values by path. Without any, nothing is said about locked fields: the server has them. */
  given?: Record<string, unknown>
  /** Values by path for conditions only, as a draft tells them (`known`): whether a source answered, how many. */
  known?: Record<string, unknown>
  /** What sources filled, by field key, as a draft shows it (`locked`); the server has the whole value. */
  locked?: Record<string, { value?: unknown }>
  /** 纠错: by field key, what the person says in place of the source's datum. */
  disputed?: Record<string, unknown>
  stage?: Stage
  /** Where the answers stand in the request: begins the path of each problem. */
  at?: string
}
const chosen_kinds: FieldKind[] = ['choice', 'multi_choice', 'boolean']

/** One does not fill in a list. */
function missing_code(kind: FieldKind): string {
  return chosen_kinds.includes(kind) ? 'choice_is_missing' : 'field_is_missing'
}

export interface Problem extends Wrong {
  path: string
  label: string
  label_en?: string | undefined
}
export interface Doubt {
  path: string
  condition: 'visible_when' | 'required_when' | 'valid_when'
  because: Reason
}
export interface Checked {
  answers: Answers
  errors: Problem[]
  doubts: Doubt[]
  /** What conditions saw; for other trees over the same answers: materials. */
  context: Context
  ignored: string[]
  /** Keys of fields filled by their source. */
  sourced: string[]
  /** Paths of fields with a condition this interpreter cannot answer. */
  ask_server: string[]
  /** Paths of the fields to show. */
  shown: Set<string>
}

interface Slot {
  field: Field
  path: string
  context: Context
  visible: boolean
  in_doubt: boolean
  value: unknown
  wrong: Wrong[]
}
type Held = 'yes' | 'no' | 'doubt'

const supplied_dates = new Set(['applicant.birth'])
const is_object = (value: unknown): value is Answers =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** A list of texts that fills a text is written as people write it: 养老保险、失业保险. */
const joined = (field: Field, given: unknown): unknown =>
  (field.kind === 'text' || field.kind === 'long_text') && Array.isArray(given)
    ? given.join('、') || null
    : given

class Checker {
  private readonly slots: Slot[] = []
  private readonly context: Context = new Map()
  private readonly stage: Stage
  private readonly keys: Set<string>
  private readonly out: Checked = {
    answers: {},
    errors: [],
    doubts: [],
    context: this.context,
    ignored: [],
    sourced: [],
    ask_server: [],
    shown: new Set(),
  }
  private readonly at: string

  constructor(
    private readonly form: Form,
    private readonly asked: Asked,
  ) {
    this.stage = asked.stage ?? 'submission'
    this.at = asked.at ?? '/answers'
    const top = form.pages.flatMap((page) => page.fields)
    this.keys = new Set([...top, ...top.flatMap((field) => field.fields ?? [])].map((field) => field.key))
  }

  run(answers: unknown): Checked {
    if (!is_object(answers)) {
      this.out.errors.push({ path: this.at, code: 'answers_are_not_an_object', label: '' })
      return this.out
    }
    this.supply()
    const fields = this.form.pages.flatMap((page) => page.fields)
    for (const field of fields) this.context.set(field.key, null)
    this.out.answers = this.take_fields(fields, answers, this.at, this.context)
    for (const slot of this.slots) {
      if (this.stage === 'submission') this.judge(slot)
      if (slot.visible) this.out.shown.add(slot.path)
      for (const wrong of slot.wrong)
        this.out.errors.push({
          ...wrong,
          path: slot.path,
          label: slot.field.label,
          label_en: slot.field['x-en']?.['label'],
        })
    }
    this.refuse_unknown(answers, fields, this.at)
    return this.out
  }

  private supply(): void {
    this.context.set('today', Day.read(this.asked.today) ?? null)
    for (const [path, json] of Object.entries({ ...this.asked.known, ...this.asked.given })) {
      const value = from_json(json)
      if (value === undefined) continue
      const date = supplied_dates.has(path) && typeof value === 'string' ? Day.read(value) : undefined
      put_path(this.context, path, date ?? value)
    }
  }

  private take_fields(fields: Field[], sent: Answers, at: string, context: Context): Answers {
    const out: Answers = {}
    for (const field of fields) {
      const slot: Slot = {
        field,
        path: `${at}/${field.key}`,
        context,
        visible: true,
        in_doubt: false,
        value: null,
        wrong: [],
      }
      this.slots.push(slot)
      this.take_field(slot, Object.hasOwn(sent, field.key) ? sent[field.key] : undefined)
      if (slot.value === null) continue
      out[field.key] = slot.value
      if (slot.wrong.length === 0) context.set(field.key, rules_value(field, slot.value))
    }
    return out
  }

  private take_field(slot: Slot, raw: unknown): void {
    const { field } = slot
    if (this.stage === 'submission' && field.visible_when) {
      const held = this.ask(field.visible_when, 'visible_when', slot)
      slot.in_doubt = held === 'doubt'
      slot.visible = held !== 'no'
      if (!slot.visible) {
        if (raw !== undefined && raw !== null) this.out.ignored.push(slot.path)
        return
      }
    }
    if (field.locked) {
      if (raw !== undefined) this.out.ignored.push(slot.path)
      const given = this.asked.given?.[field.locked] ?? null
      slot.value = typeof given === 'number' ? String(given) : given
      return
    }
    if (field.source && this.take_source(slot, field.source, raw)) return
    if (field.kind === 'group') {
      this.take_group(slot, raw)
      return
    }
    const taken = take_value(field, raw, this.stage, this.asked.today)
    if ('wrong' in taken) slot.wrong.push(taken.wrong)
    else slot.value = taken.value
  }

  /** A datum as an answer of this field; nothing when it is not there or does not fit. */
  private datum_for(field: Field, source: string): unknown {
    const given = this.asked.given?.[source]
    if (given === undefined || given === null) return this.asked.locked?.[field.key]?.value ?? null
    const read = from_json(given)
    if (read === undefined) return null
    const raw = read instanceof Decimal ? read.text() : read instanceof Day ? read.text : joined(field, given)
    const taken = take_value(field, raw, 'submission', this.asked.today)
    return 'wrong' in taken ? null : taken.value
  }

  /** False when there is no datum: then people fill the field. */
  private take_source(slot: Slot, source: string, raw: unknown): boolean {
    const { field } = slot
    const datum = this.datum_for(field, source)
    if (datum === null) return false
    if (raw !== undefined && raw !== null) this.out.ignored.push(slot.path)
    this.out.sourced.push(field.key)
    const stated = this.asked.disputed?.[field.key] ?? null
    if (stated === null) {
      slot.value = datum
      return true
    }
    const taken = take_value(field, stated, this.stage, this.asked.today)
    if ('wrong' in taken) slot.wrong.push(taken.wrong)
    else slot.value = taken.value
    return true
  }

  private take_group(slot: Slot, raw: unknown): void {
    if (raw === undefined || raw === null) return
    if (!Array.isArray(raw)) {
      slot.wrong.push({ code: 'answer_has_wrong_type' })
      return
    }
    if (raw.length > Number(slot.field.max)) {
      slot.wrong.push({ code: 'group_has_too_many', facts: { max: String(slot.field.max) } })
      return
    }
    const fields = slot.field.fields ?? []
    const out: Answers[] = []
    for (const [place, item] of (raw as unknown[]).entries()) {
      const at = `${slot.path}/${place}`
      if (!is_object(item)) {
        this.out.errors.push({ path: at, code: 'answer_has_wrong_type', label: slot.field.label })
        continue
      }
      const context: Context = new Map(this.context)
      for (const inner of fields) context.set(inner.key, null)
      out.push(this.take_fields(fields, item, at, context))
      this.refuse_unknown(item, fields, at)
    }
    if (out.length > 0) slot.value = out
  }

  private refuse_unknown(sent: Answers, fields: Field[], at: string): void {
    for (const key of Object.keys(sent)) {
      if (fields.some((field) => field.key === key)) continue
      this.out.errors.push({ path: `${at}/${escaped(key)}`, code: 'field_is_unknown', label: '' })
    }
  }

  private ask(condition: Tree, name: Doubt['condition'], slot: Slot): Held {
    const outcome = decide(condition, slot.context)
    if (outcome.verdict === 'yes' || outcome.verdict === 'no') return outcome.verdict
    if (outcome.verdict === 'ask_server') {
      this.out.ask_server.push(slot.path)
      return 'doubt'
    }
    if (this.is_unfilled(outcome.because)) return 'no'
    this.out.doubts.push({ path: slot.path, condition: name, because: outcome.because as Reason })
    return 'doubt'
  }

  private is_unfilled(because: Reason | undefined): boolean {
    return because?.code === 'datum_is_missing' && this.keys.has(because.name)
  }

  private judge(slot: Slot): void {
    if (!slot.visible || slot.wrong.length > 0) return
    if (slot.context !== this.context) this.refresh(slot.context)
    const { field } = slot
    const least = field.kind === 'group' ? Number(field.min ?? 0) : 0
    if (slot.value === null) {
      if (field.kind === 'group' && least === 0) return
      this.judge_empty(slot, least)
      return
    }
    if (Array.isArray(slot.value) && field.kind === 'group' && slot.value.length < least) {
      slot.wrong.push({ code: 'group_has_too_few', facts: { min: String(least) } })
      return
    }
    for (const rule of field.valid_when ?? []) this.agree(slot, rule)
  }

  private judge_empty(slot: Slot, least: number): void {
    const { field } = slot
    let required = !field.optional && !slot.in_doubt
    if (required && field.required_when)
      required = this.ask(field.required_when, 'required_when', slot) === 'yes'
    if (!required) return
    if (field.kind === 'group') slot.wrong.push({ code: 'group_has_too_few', facts: { min: String(least) } })
    else if (!field.locked) slot.wrong.push({ code: missing_code(field.kind) })
    else if (this.asked.given) slot.wrong.push({ code: 'locked_value_is_missing' })
  }

  private agree(slot: Slot, rule: Rule): void {
    const outcome = decide(rule.when, slot.context)
    if (outcome.verdict === 'yes') return
    if (outcome.verdict === 'no') {
      const message_en = rule['x-en']?.['message'] ?? rule.message
      slot.wrong.push({ code: 'field_breaks_a_rule', message: rule.message, message_en })
    } else if (outcome.verdict === 'ask_server') {
      this.out.ask_server.push(slot.path)
    } else if (!this.is_unfilled(outcome.because)) {
      this.out.doubts.push({ path: slot.path, condition: 'valid_when', because: outcome.because as Reason })
    }
  }

  /** What an entry sees of the fields outside: some of them come after the group. */
  private refresh(entry: Context): void {
    for (const page of this.form.pages) {
      for (const field of page.fields) entry.set(field.key, this.context.get(field.key) ?? null)
    }
  }
}

/** Everything, as on submission (or as a draft, by `stage`). */
export function check_all(form: Form, answers: unknown, asked: Asked): Checked {
  return new Checker(form, asked).run(answers)
}

/** The problems of one page; its conditions may look at all answers. */
export function check_page(form: Form, page_id: string, answers: unknown, asked: Asked): Checked {
  const out = check_all(form, answers, asked)
  const at = asked.at ?? '/answers'
  const starts = (form.pages.find((page) => page.id === page_id)?.fields ?? []).map(
    (field) => `${at}/${field.key}`,
  )
  const here = (path: string): boolean =>
    starts.some((start) => path === start || path.startsWith(`${start}/`))
  return {
    ...out,
    errors: out.errors.filter((error) => here(error.path)),
    doubts: out.doubts.filter((doubt) => here(doubt.path)),
    ask_server: out.ask_server.filter(here),
  }
}

/** Which fields to show. Those of `ask_server` are among them: the server has the last word. */
export function visible_fields(
  form: Form,
  answers: unknown,
  asked: Asked,
): { shown: Set<string>; ask_server: string[] } {
  const out = check_all(form, answers, { ...asked, stage: 'submission' })
  return { shown: out.shown, ask_server: out.ask_server }
}
