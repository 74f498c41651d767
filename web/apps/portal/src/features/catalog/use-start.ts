// From the guide into the wizard: sign in first, go on with a draft of the same item or begin a new one.
import { api, type DraftLink } from '@tongban/api'
import { signed_in, use_verb } from '@tongban/kit'
import { ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export function use_start(code: () => string, region: () => string | undefined) {
  const route = useRoute()
  const router = useRouter()
  const verb = use_verb()
  const region_missing = ref(false)
  const earlier = ref<DraftLink | null>(null)

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
    await verb.run(async (key) => {
      const drafts = (await api.drafts.mine()).drafts
      earlier.value = drafts.find((draft) => draft.item === code()) ?? null
      if (!earlier.value) await open(key)
    })
  }

  async function open(key: string): Promise<void> {
    const draft = await api.drafts.open(key, code(), region() ?? '')
    await router.push(`/apply/${draft.id}/notice`)
  }
  const go_on = (): Promise<unknown> =>
    router.push(`/apply/${earlier.value?.id}/${earlier.value?.step || 'notice'}`)
  const begin_anew = (): Promise<unknown> => verb.run(open)

  return { start, go_on, begin_anew, earlier, region_missing, busy: verb.busy, problem: verb.problem }
}
