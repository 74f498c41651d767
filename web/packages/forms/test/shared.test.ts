// The cases of test/shared, which the server runs too.
import { describe, expect, it } from 'vitest'
import decimals from '../../../../test/shared/decimals.csv?raw'
import forms_browser from '../../../../test/shared/forms.browser.json?raw'
import forms_cases from '../../../../test/shared/forms.cases.json?raw'
import rules_cases from '../../../../test/shared/rules.cases.json?raw'
import {
  checkAll,
  checkPage,
  decide,
  Decimal,
  evaluate,
  from_json,
  sentence,
  to_json,
  visibleFields,
} from '../src/index'
import type { Context, Form, Tree } from '../src/index'

interface RuleCase {
  text: string
  trouble?: string
  tree: Tree
  verdict?: string
  because?: string
  value?: unknown
}
interface FormCase {
  form: string
  name: string
  stage: 'draft' | 'submission'
  answers: unknown
  given: Record<string, unknown>
  disputed?: Record<string, unknown>
  errors: string[][]
  doubts?: string[][]
  ignored?: string[]
  taken?: unknown
}
const rules = JSON.parse(rules_cases) as { context: unknown; cases: RuleCase[] }
const forms = JSON.parse(forms_cases) as { today: string; cases: FormCase[] }
const browser = JSON.parse(forms_browser) as Record<string, Form>
const context = from_json(rules.context) as Context

describe('rules', () => {
  it.each(rules.cases.filter((one) => !one.trouble).map((one) => [one.text, one] as const))(
    '%s',
    (_, one) => {
      if ('value' in one) {
        const out = evaluate(one.tree, context)
        if (out === 'ask_server' || 'because' in out) throw new Error(JSON.stringify(out))
        expect(to_json(out.value)).toEqual(to_json(from_json(one.value) ?? null))
        return
      }
      const out = decide(one.tree, context)
      expect(out.verdict).toBe(one.verdict)
      expect(out.because?.code).toBe(one.because)
    },
  )

  it('asks the server what it cannot do', () => {
    expect(decide({ op: 'for', at: [1, 1], args: [] }, context)).toEqual({ verdict: 'ask_server' })
    const unknown_call: Tree = { op: 'call', at: [1, 1], value: 'ends with', args: [] }
    expect(decide({ op: 'or', at: [1, 1], args: [unknown_call] }, context)).toEqual({ verdict: 'ask_server' })
  })
})

describe('decimals', () => {
  it('agree with the table', () => {
    const rows = decimals.trim().split('\n').slice(1)
    expect(rows.length).toBeGreaterThan(600)
    for (const row of rows) {
      const [a = '', op = '', b = '', result] = row.split(',')
      const x = Decimal.read(a) as Decimal
      const y = Decimal.read(b) as Decimal
      const out = op === '+' ? x.plus(y) : op === '-' ? x.minus(y) : op === '*' ? x.times(y) : x.over(y)
      expect(out?.text() ?? 'none', row).toBe(result)
    }
  })

  it('are read only from numbers', () => {
    for (const text of ['', '-', '.', '1.', '+1', '1e', ' 1', 'NaN', '１', '--1', '0x1'])
      expect(Decimal.read(text)).toBeUndefined()
    expect(['-.5', '007.50', '-0', '1E3', '1e-3', '-1e-3'].map((text) => Decimal.read(text)?.text())).toEqual(
      ['-0.5', '7.5', '0', '1000', '0.001', '-0.001'],
    )
  })
})

describe('forms', () => {
  it.each(forms.cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const asked = {
      today: forms.today,
      given: one.given,
      stage: one.stage,
      ...(one.disputed ? { disputed: one.disputed } : {}),
    }
    const out = checkAll(browser[one.form] as Form, one.answers, asked)
    const sorted = (rows: unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort()
    expect(sorted(out.errors.map((error) => [error.path, error.code]))).toEqual(sorted(one.errors))
    expect(sorted(out.doubts.map((doubt) => [doubt.path, doubt.condition, doubt.because.code]))).toEqual(
      sorted(one.doubts ?? []),
    )
    if (one.ignored) expect(sorted(out.ignored)).toEqual(sorted(one.ignored))
    if (one.taken) expect(out.answers).toEqual(one.taken)
    expect(out.ask_server).toEqual([])
    for (const error of out.errors) {
      for (const language of ['zh', 'en'] as const) expect(sentence(error, language)).toMatch(/^[^{}]+$/)
    }
  })

  const kinship = browser['kinship'] as Form
  const asked = { today: forms.today }

  it('show what the answers call for', () => {
    expect(visibleFields(kinship, { relation: 'child' }, asked).shown.has('/answers/relation_note')).toBe(
      false,
    )
    const { shown } = visibleFields(kinship, { relation: 'other' }, asked)
    expect(shown.has('/answers/relation_note')).toBe(true)
    expect(shown.has('/answers/purpose_note')).toBe(false)
    expect(shown.has('/answers/applicant_name')).toBe(true)
  })

  it('are checked page by page', () => {
    const errors = (page: string, answers: unknown): string[] =>
      checkPage(kinship, page, answers, asked).errors.map((error) => `${error.path} ${error.code}`)
    expect(errors('applicant', {})).toEqual(['/answers/contact_phone field_is_missing'])
    expect(errors('purpose', { purpose: 'household' })).toEqual([])
    expect(errors('purpose', { purpose: 'other' })).toEqual(['/answers/purpose_note field_is_missing'])
  })

  it('say what is wrong in both languages', () => {
    const [error] = checkPage(kinship, 'applicant', {}, asked).errors
    expect(error && sentence(error, 'zh')).toBe('请填写“手机号”')
    expect(error && sentence(error, 'en')).toBe('Fill in Mobile number')
  })

  it('ask the server about a condition beyond them, and lose nothing', () => {
    const form = structuredClone(kinship)
    const note = form.pages[1]?.fields.find((field) => field.key === 'relation_note')
    if (note) note.visible_when = { op: 'some', at: [1, 1], args: [] }
    const out = checkAll(form, { relation_note: '舅甥' }, asked)
    expect(out.ask_server).toContain('/answers/relation_note')
    expect(out.answers['relation_note']).toBe('舅甥')
    expect(out.shown.has('/answers/relation_note')).toBe(true)
  })

  it('know of a draft what sources filled without seeing it whole', () => {
    const form = browser['sourced'] as Form
    const draft = {
      locked: { address: { value: '示例路****' }, owned: { value: 'own' } },
      known: { 'home.outcome': 'found' },
    }
    const out = checkAll(form, { address: '别处', papers: '有' }, { ...asked, ...draft })
    expect(out.errors).toEqual([])
    expect(out.sourced).toEqual(['address', 'owned'])
    expect(out.answers).toEqual({ address: '示例路****', owned: 'own' })
    expect(out.shown.has('/answers/papers')).toBe(false)
    expect(out.shown.has('/answers/landlord')).toBe(false)
  })

  it('do not run away on long texts that almost fit a pattern', () => {
    const form = browser['wide'] as Form
    const out = checkAll(form, { coded: 'A'.repeat(100) }, { ...asked, given: {} })
    expect(out.errors.map((error) => error.code)).toContain('text_does_not_fit_pattern')
  })

  it('take no field from the prototype', () => {
    expect(
      checkAll(kinship, JSON.parse('{"__proto__":{"relation":"child"}}'), asked).errors.map(
        (error) => error.path,
      ),
    ).toContain('/answers/__proto__')
    expect(checkAll(kinship, { constructor: 1 }, asked).errors.map((error) => error.code)).toContain(
      'field_is_unknown',
    )
  })
})
