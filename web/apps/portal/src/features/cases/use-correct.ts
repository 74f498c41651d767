// Answering the one-time notice: all gaps at once, nothing outside it.
import {
  api,
  as_problem,
  type AskedMaterial,
  type CorrectionAnswer,
  type FileRef,
  type Gap,
  type MaterialGiven,
  type MyCase,
  type Text,
} from '@tongban/api'
import { use_verb } from '@tongban/kit'
import {
  agreed_of,
  empty_form,
  error_text,
  read_form,
  type Answers,
  type Field,
  type Form,
} from '@tongban/kit/wizard'
import { computed, reactive, ref, shallowRef } from 'vue'

export interface GapToMend extends Gap {
  field: Field | null
  material: AskedMaterial | null
}

export function use_correct(no: string) {
  const found = shallowRef<MyCase | null>(null)
  const form = shallowRef<Form>(empty_form)
  const materials = shallowRef<AskedMaterial[]>([])
  const answers = reactive<Answers>({})
  const given = reactive<Record<string, MaterialGiven>>({})
  const refused = ref<Record<string, string>>({})
  const verb = use_verb()

  const gaps = computed<GapToMend[]>(() =>
    (found.value?.correction?.gaps ?? []).map((gap) => ({
      ...gap,
      field: field_of(gap.key),
      material: material_of(gap),
    })),
  )

  function field_of(key: string): Field | null {
    if (!key.startsWith('field:')) return null
    const own = form.value.pages.flatMap((page) => page.fields).find((field) => field.key === key.slice(6))
    return own ?? { key: key.slice(6), kind: 'text', label: gaps_label(key) }
  }
  const gaps_label = (key: string): string =>
    found.value?.correction?.gaps.find((gap) => gap.key === key)?.label ?? ''

  function material_of(gap: Gap): AskedMaterial | null {
    if (!gap.key.startsWith('material:')) return null
    const key = gap.key.slice(9)
    return (
      materials.value.find((one) => one.key === key) ?? {
        key,
        name: gap.label,
        note: '',
        necessity: 'required',
        ways: ['upload'],
      }
    )
  }

  const mended = (gap: GapToMend): boolean => {
    if (gap.field) return answers[gap.field.key] !== undefined && answers[gap.field.key] !== ''
    const own = given[gap.key.slice(9)]
    return own !== undefined && (own.way !== 'upload' || (own.files ?? []).length > 0)
  }
  const done = computed(() => gaps.value.filter(mended).length)

  /** The case, and what its item asks; the item may have been withdrawn since, then plain fields serve. */
  async function load(): Promise<MyCase> {
    const mine = await api.mine.one(no)
    try {
      const item = await api.catalog.application(mine.item)
      form.value = read_form(item.form)
      materials.value = item.materials
    } catch (thrown) {
      if (as_problem(thrown).undecided) throw thrown
    }
    found.value = mine
    return mine
  }

  function answer(key: string, value: unknown): void {
    if (value === undefined || value === '') delete answers[key]
    else answers[key] = value
  }
  function give(key: string, way: MaterialGiven['way'], files: FileRef[], promise?: Text): void {
    given[key] = {
      key,
      way,
      ...(way === 'upload' ? { files } : {}),
      ...(promise ? { promise: agreed_of(promise) } : {}),
    }
  }
  function take_back(key: string): void {
    delete given[key]
  }

  async function submit(): Promise<MyCase | null> {
    refused.value = {}
    return verb.run(async (key) => {
      try {
        return await api.mine.correct(key, no, {
          version: found.value?.version ?? 0,
          answers: { ...answers },
          materials: Object.values(given) as CorrectionAnswer['materials'],
        })
      } catch (thrown) {
        const problem = as_problem(thrown)
        refused.value = Object.fromEntries(
          problem.fields.map((one) => [one.path, error_text(form.value, one)]),
        )
        if (problem.code === 'case_changed_meanwhile') await load()
        throw problem
      }
    })
  }

  return {
    found,
    form,
    gaps,
    answers,
    given,
    refused,
    done,
    mended,
    load,
    answer,
    give,
    take_back,
    submit,
    busy: verb.busy,
    problem: verb.problem,
  }
}
