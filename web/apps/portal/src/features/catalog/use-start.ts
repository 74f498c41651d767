// From the guide into the wizard: sign in first, go on with a draft of the same item or begin a new one.
import { api, type DraftLink, type Firm, type Guide } from '@tongban/api'
import { signed_in, use_verb } from '@tongban/kit'
import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export function use_start(
  code: () => string,
  region: () => string | undefined,
  applicant: () => Guide['applicant'] | undefined,
) {
  const route = useRoute()
  const router = useRouter()
  const verb = use_verb()
  const region_missing = ref(false)
  const earlier = ref<DraftLink | null>(null)
  const firms = shallowRef<Firm[] | null>(null)
  const for_whom = ref<string | undefined>()
  const whom_missing = ref(false)

  /** Only where a firm applies are one's firms asked for; a single one is chosen. */
  watch([applicant, signed_in], learn_firms, { immediate: true })
  async function learn_firms(): Promise<void> {
    if (applicant() !== 'organisation' || !signed_in.value) return
    firms.value = await api.identity.firms().then(
      (told) => told.firms,
      () => [],
    )
    if (firms.value.length === 1) for_whom.value = firms.value[0]!.uscc
  }
  const chooses_whom = computed(() => (firms.value?.length ?? 0) > 0)
  const no_firm = computed(() => firms.value?.length === 0)

  async function start(): Promise<void> {
    region_missing.value = !region()
    if (region_missing.value) {
      document.getElementById('guide-region')?.focus()
      return
    }
    if (!signed_in.value) {
      await router.push({ path: '/login', query: { back: `${route.path}?region=${region()}&start=1` } })
      return
    }
    // Coming back from signing in, the start is quicker than the list of firms.
    if (applicant() === 'organisation' && firms.value === null) await learn_firms()
    if (no_firm.value) return
    whom_missing.value = chooses_whom.value && !for_whom.value
    if (whom_missing.value) {
      document.getElementById('guide-whom')?.focus()
      return
    }
    await verb.run(async (key) => {
      const drafts = (await api.drafts.mine()).drafts
      earlier.value = drafts.find((draft) => draft.item === code()) ?? null
      if (!earlier.value) await open(key)
    })
  }

  async function open(key: string): Promise<void> {
    const draft = await api.drafts.open(key, code(), region() ?? '', for_whom.value)
    await router.push(`/apply/${draft.id}/notice`)
  }
  const go_on = (): Promise<unknown> =>
    router.push(`/apply/${earlier.value?.id}/${earlier.value?.step || 'notice'}`)
  const begin_anew = (): Promise<unknown> => verb.run(open)

  return {
    start,
    go_on,
    begin_anew,
    earlier,
    region_missing,
    firms,
    for_whom,
    whom_missing,
    chooses_whom,
    no_firm,
    busy: verb.busy,
    problem: verb.problem,
  }
}
