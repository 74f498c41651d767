// What the desk calls.
import type createClient from 'openapi-fetch'
import type { paths } from './generated'
import { intent, take } from './take'
import type * as T from './types'

export type Http = ReturnType<typeof createClient<paths>>
type Body<Name extends keyof T.Schemas> = T.Schemas[Name]

/** What staff call. */
export function make_desk(http: Http) {
  const at = (no: string) => ({ params: { path: { no } } })
  const base = '/api/cases/desk/cases/{no}'
  return {
    queues: () => take(http.GET('/api/cases/desk/queues')),
    queue: (name: T.QueueName, query: { item?: string; after?: string } = {}) =>
      take(http.GET('/api/cases/desk/queues/{name}', { params: { path: { name }, query } })),
    find: (q: string) => take(http.GET('/api/cases/desk/search', { params: { query: { q } } })),
    one: (no: string) => take(http.GET(base, at(no))),
    accept: (key: string, no: string, body: Body<'CasesAcceptance'>) =>
      take(http.POST(`${base}/acceptance`, { ...at(no), body, ...intent(key) })),
    ask_correction: (key: string, no: string, body: Body<'CasesCorrectionNotice'>) =>
      take(http.POST(`${base}/correction`, { ...at(no), body, ...intent(key) })),
    refuse: (key: string, no: string, body: Body<'CasesRefusal'>) =>
      take(http.POST(`${base}/refusal`, { ...at(no), body, ...intent(key) })),
    give_opinion: (key: string, no: string, body: Body<'CasesOpinion'>) =>
      take(http.POST(`${base}/opinion`, { ...at(no), body, ...intent(key) })),
    decide: (key: string, no: string, body: Body<'CasesDecision'>) =>
      take(http.POST(`${base}/decision`, { ...at(no), body, ...intent(key) })),
    preview: async (no: string, body: Body<'CasesPreview'>): Promise<Blob> =>
      (await take(http.POST(`${base}/preview`, { ...at(no), body, parseAs: 'blob' }))) as unknown as Blob,
    reveal: (no: string, reason: string) =>
      take(http.POST(`${base}/reveal`, { ...at(no), body: { reason } })),
    file_address: (no: string, id: string) =>
      `/api/cases/desk/cases/${encodeURIComponent(no)}/files/${encodeURIComponent(id)}`,
    letter_address: (no: string, id: string) =>
      `/api/cases/desk/cases/${encodeURIComponent(no)}/letters/${encodeURIComponent(id)}`,
    find_licence: (number: string) => take(http.GET('/api/licences/desk', { params: { query: { number } } })),
    revoke: (key: string, id: string, body: Body<'LicencesRevocation'>) =>
      take(
        http.POST('/api/licences/desk/{id}/revocation', { params: { path: { id } }, body, ...intent(key) }),
      ),
    receive_papers: (key: string, no: string, body: Body<'CasesPapersReceived'>) =>
      take(http.POST(`${base}/papers`, { ...at(no), body, ...intent(key) })),
    start_special: (key: string, no: string, body: Body<'CasesSpecialStart'>) =>
      take(http.POST(`${base}/special`, { ...at(no), body, ...intent(key) })),
    record_special: (key: string, no: string, body: Body<'CasesSpecialResult'>) =>
      take(http.POST(`${base}/special/result`, { ...at(no), body, ...intent(key) })),
    ask_extension: (key: string, no: string, body: Body<'CasesExtension'>) =>
      take(http.POST(`${base}/extension/request`, { ...at(no), body, ...intent(key) })),
    decline_extension: (key: string, no: string, body: Body<'CasesExtensionDeclined'>) =>
      take(http.POST(`${base}/extension/refusal`, { ...at(no), body, ...intent(key) })),
    extend: (key: string, no: string, body: Body<'CasesExtension'>) =>
      take(http.POST(`${base}/extension`, { ...at(no), body, ...intent(key) })),
    serve: (key: string, no: string, body: Body<'CasesServiceGiven'>) =>
      take(http.POST(`${base}/service`, { ...at(no), body, ...intent(key) })),
  }
}

/** 窗口收件: what a window does for the person who stands there. */
export function make_intake(http: Http) {
  const at = (id: string) => ({ params: { path: { id } } })
  const base = '/api/cases/desk/intake'
  type About = T.Schemas['CasesConfirmationAbout']
  type Way = T.Schemas['CasesConfirmationWay']
  return {
    open: (key: string, body: Body<'CasesNewIntake'>) => take(http.POST(base, { body, ...intent(key) })),
    mine: () => take(http.GET(base)),
    one: (id: string) => take(http.GET(`${base}/{id}`, at(id))),
    save: (id: string, body: T.DraftSave) => take(http.PUT(`${base}/{id}`, { ...at(id), body })),
    async drop(id: string): Promise<void> {
      await take(http.DELETE(`${base}/{id}`, at(id)))
    },
    check: (key: string, id: string) => take(http.POST(`${base}/{id}/check`, { ...at(id), ...intent(key) })),
    ask_data: (key: string, id: string) =>
      take(http.POST(`${base}/{id}/data`, { ...at(id), body: {}, ...intent(key) })),
    submit: (key: string, id: string, body: Body<'CasesSubmission'>) =>
      take(http.POST(`${base}/{id}/submission`, { ...at(id), body, ...intent(key) })),
    confirm: (id: string, way: Way, about: About) =>
      take(http.POST(`${base}/{id}/confirmation`, { ...at(id), body: { way, about } })),
    confirm_code: (id: string, code: string, about: About) =>
      take(http.POST(`${base}/{id}/confirmation/code`, { ...at(id), body: { code, about } })),
    confirmation: (id: string, about: About) =>
      take(http.GET(`${base}/{id}/confirmation`, { params: { path: { id }, query: { about } } })),
    file_address: (id: string, file: string) =>
      `${base}/${encodeURIComponent(id)}/files/${encodeURIComponent(file)}`,
  }
}

/** 数据源: their health, what was asked of them, what they offer, what they were asked to mend. */
export function make_exchange(http: Http) {
  const page = (after: string | undefined) => (after === undefined ? {} : { after })
  return {
    sources: () => take(http.GET('/api/exchange/sources')),
    calls: (source: string, after?: string) =>
      take(
        http.GET('/api/exchange/sources/{source}/calls', {
          params: { path: { source }, query: page(after) },
        }),
      ),
    resources: () => take(http.GET('/api/exchange/resources')),
    corrections: (after?: string) =>
      take(http.GET('/api/exchange/corrections', { params: { query: page(after) } })),
  }
}

/** 效能: what a supervisor sees of the own region and below. */
export function make_supervision(http: Http) {
  return {
    board: (query: { region?: string; day?: string } = {}) =>
      take(http.GET('/api/supervision/board', { params: { query } })),
    cases: (query: { list: string; region?: string; body?: string; item?: string; after?: string }) =>
      take(http.GET('/api/supervision/cases', { params: { query } })),
  }
}
