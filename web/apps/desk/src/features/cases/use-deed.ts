import { computed, ref, shallowRef } from 'vue'
import type { Ref } from 'vue'
import { api, as_problem, new_intent } from '@tongban/api'
import type { Problem } from '@tongban/api'
import { choices_of } from './act-list'
import type { Deed } from './act-list'
import { news_in_case } from './case-news'
import type { CaseNews } from './case-news'
import { deed_draft_of, drop_deed_draft } from './deed-draft'
import type { DeedDraft } from './deed-draft'
import { deed_faults, papers_of, record_of, service_of, start_of } from './deed-request'
import { now_at_server, today } from '../../frame/use-site'
import type { DeskCase } from '../../contract'

function send_deed(key: string, deed: Deed, draft: DeedDraft, found: DeskCase): Promise<DeskCase> {
  const no = found.case_no
  switch (deed) {
    case 'receive_papers':
      return api.desk.receive_papers(key, no, papers_of(draft, found))
    case 'start_special':
      return api.desk.start_special(key, no, start_of(draft, found))
    case 'record_special':
      return api.desk.record_special(key, no, record_of(draft, found))
    case 'serve':
      return api.desk.serve(key, no, service_of(draft, found))
    case 'extend':
      return api.desk.extend(key, no, { version: found.version, reason: draft.reason.trim() })
  }
}

/** One act with a form of its own: what is typed, what is missing, sending it, and who was faster. */
export function use_deed(found: Ref<DeskCase>, deed: Ref<Deed>, done: (fresh: DeskCase) => void) {
  const draft = computed(() => deed_draft_of(found.value.case_no))
  const tried = ref(false)
  const busy = ref(false)
  const problem = shallowRef<Problem>()
  const meanwhile = shallowRef<CaseNews>()
  const lawful = computed(() => choices_of(found.value).includes(deed.value))
  const missing = () => deed_faults(deed.value, draft.value, found.value, today.value, now_at_server())
  const faults = computed(() => (tried.value ? missing() : []))
  let intent = new_intent()

  /** True when it is done; false leaves everything typed and says why. */
  async function send(): Promise<boolean> {
    if (busy.value || !lawful.value) return false
    tried.value = true
    problem.value = undefined
    if (missing().length > 0) return false
    busy.value = true
    const no = found.value.case_no
    try {
      const fresh = await send_deed(intent, deed.value, draft.value, found.value)
      drop_deed_draft(no)
      done(fresh)
      return true
    } catch (thrown) {
      problem.value = as_problem(thrown)
      if (!problem.value.undecided) intent = new_intent()
      return false
    } finally {
      busy.value = false
    }
  }

  async function catch_up(show: (fresh: DeskCase) => void): Promise<void> {
    busy.value = true
    try {
      const old = found.value
      const fresh = await api.desk.one(old.case_no)
      meanwhile.value = news_in_case(old, fresh)
      problem.value = undefined
      show(fresh)
    } catch (thrown) {
      problem.value = as_problem(thrown)
    } finally {
      busy.value = false
    }
  }

  return { draft, busy, problem, meanwhile, lawful, faults, send, catch_up }
}
