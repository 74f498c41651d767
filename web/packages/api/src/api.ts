// Every operation of the contract as a function. A verb takes the intent's key first; all throw Problem.
import createClient from 'openapi-fetch'
import type { paths } from './generated'
import { Problem, problem_of } from './problem'
import type { Transport } from './transport'
import type * as T from './types'
import { send_form, type UploadWatch } from './upload'

type Answer = { data?: unknown; error?: unknown; response: Response }

/** An answer's data, or its problem thrown. */
async function take<A extends Answer>(asked: Promise<A>): Promise<NonNullable<A['data']>> {
  const { data, error, response } = await asked
  if (!response.ok) throw problem_of(response.status, error, response.headers)
  return data as NonNullable<A['data']>
}

const intent = (key: string) => ({ headers: { 'Idempotency-Key': key } })

export function make_api(transport: Transport, base: string) {
  const http = createClient<paths>({ baseUrl: base, fetch: transport.send })

  async function me(): Promise<T.Me> {
    const answer = await take(http.GET('/api/identity/me'))
    transport.keep_csrf(answer.csrf)
    return answer
  }

  const org = {
    site: () => take(http.GET('/api/org/site')),
    regions: () => take(http.GET('/api/org/regions')),
    halls: (region?: string) =>
      take(http.GET('/api/org/halls', { params: { query: region ? { region } : {} } })),
  }

  const identity = {
    me,
    async sign_in(body: T.Schemas['IdentitySignIn']): Promise<T.Me> {
      const answer = await take(http.POST('/api/identity/sign-in', { body }))
      transport.keep_csrf(answer.csrf)
      return answer
    },
    async sign_out(): Promise<void> {
      await take(http.POST('/api/identity/sign-out'))
      transport.keep_csrf('')
    },
    choose_post: (post: string) => take(http.POST('/api/identity/post', { body: { post } })),
  }

  const catalog = {
    home: (region?: string) =>
      take(http.GET('/api/catalog/home', { params: { query: region ? { region } : {} } })),
    search: (query: { q?: string; audience?: 'person' | 'organisation'; region?: string }) =>
      take(http.GET('/api/catalog/search', { params: { query } })),
    guide: (code: string, region?: string) =>
      take(
        http.GET('/api/catalog/items/{code}', {
          params: { path: { code }, query: region ? { region } : {} },
        }),
      ),
    application: (code: string) =>
      take(http.GET('/api/catalog/items/{code}/application', { params: { path: { code } } })),
  }

  const files = {
    async upload(file: Blob, name: string, watch?: UploadWatch): Promise<T.UploadedFile> {
      const named = new File([file], name, { type: file.type })
      return (await send_form(
        transport,
        `${base}/api/files/uploads`,
        { file: named },
        watch,
      )) as T.UploadedFile
    },
    address: (id: string) => `/api/files/uploads/${encodeURIComponent(id)}`,
    async drop(id: string): Promise<void> {
      await take(http.DELETE('/api/files/uploads/{id}', { params: { path: { id } } }))
    },
  }

  const drafts = {
    open: (key: string, item: string, region: string) =>
      take(http.POST('/api/cases/drafts', { body: { item, region }, ...intent(key) })),
    mine: () => take(http.GET('/api/cases/drafts')),
    one: (id: string) => take(http.GET('/api/cases/drafts/{id}', { params: { path: { id } } })),
    save: (id: string, body: T.DraftSave) =>
      take(http.PUT('/api/cases/drafts/{id}', { params: { path: { id } }, body })),
    async drop(id: string): Promise<void> {
      await take(http.DELETE('/api/cases/drafts/{id}', { params: { path: { id } } }))
    },
    check: (key: string, id: string) =>
      take(http.POST('/api/cases/drafts/{id}/check', { params: { path: { id } }, ...intent(key) })),
    submit: (key: string, id: string, body: T.Schemas['CasesSubmission']) =>
      take(
        http.POST('/api/cases/drafts/{id}/submission', { params: { path: { id } }, body, ...intent(key) }),
      ),
  }

  const mine = {
    all: () => take(http.GET('/api/cases/mine')),
    one: (no: string) => take(http.GET('/api/cases/mine/{no}', { params: { path: { no } } })),
    receipt: (no: string) => take(http.GET('/api/cases/mine/{no}/receipt', { params: { path: { no } } })),
    correct: (key: string, no: string, body: T.CorrectionAnswer) =>
      take(http.POST('/api/cases/mine/{no}/correction', { params: { path: { no } }, body, ...intent(key) })),
    withdraw: (key: string, no: string, body: T.Schemas['CasesWithdrawal']) =>
      take(http.POST('/api/cases/mine/{no}/withdrawal', { params: { path: { no } }, body, ...intent(key) })),
    letter_address: (no: string, id: string) =>
      `/api/cases/mine/${encodeURIComponent(no)}/letters/${encodeURIComponent(id)}`,
    file_address: (no: string, id: string) =>
      `/api/cases/mine/${encodeURIComponent(no)}/files/${encodeURIComponent(id)}`,
    progress: (body: T.Schemas['CasesProgressQuery']) => take(http.POST('/api/cases/progress', { body })),
  }

  const licences = {
    mine: () => take(http.GET('/api/licences/mine')),
    one: (id: string) => take(http.GET('/api/licences/mine/{id}', { params: { path: { id } } })),
    file_address: (id: string) => `/api/licences/mine/${encodeURIComponent(id)}/file`,
    verify_number: (body: T.Schemas['LicencesVerifyNumber']) =>
      take(http.POST('/api/licences/verification', { body })),
    verify_token: (token: string) =>
      take(http.GET('/api/licences/verification/{token}', { params: { path: { token } } })),
    async verify_file(file: File, token?: string, watch?: UploadWatch): Promise<T.FileVerification> {
      const parts: Record<string, Blob | string> = token ? { token, file } : { file }
      return (await send_form(
        transport,
        `${base}/api/licences/verified-file`,
        parts,
        watch,
      )) as T.FileVerification
    },
  }

  const notify = {
    messages: (lang?: 'zh' | 'en') =>
      take(http.GET('/api/notify/messages', { params: { query: lang ? { lang } : {} } })),
    async mark_read(id: string): Promise<void> {
      await take(http.POST('/api/notify/messages/{id}/reading', { params: { path: { id } } }))
    },
  }

  return { org, identity, catalog, files, drafts, mine, licences, notify, desk: make_desk(http) }
}

type Http = ReturnType<typeof createClient<paths>>
type Body<Name extends keyof T.Schemas> = T.Schemas[Name]

/** What staff call. */
function make_desk(http: Http) {
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
  }
}

export type Api = ReturnType<typeof make_api>
export { Problem }
