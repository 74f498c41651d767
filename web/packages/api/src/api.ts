// Every operation of the contract as a function. A verb takes the intent's key first; all throw Problem.
import createClient from 'openapi-fetch'
import { make_desk, make_intake, make_exchange, make_supervision } from './desk'
import type { paths } from './generated'
import { Problem } from './problem'
import { intent, take, type Answer } from './take'
import type { Transport } from './transport'
import type * as T from './types'
import { send_form, type UploadWatch } from './upload'

/** A path the contract is about to have. */
type Loose = (path: string, init?: unknown) => Promise<Answer>
/** A draft or case as the contract is about to describe it. */
const as = <Told>(asked: Promise<unknown>): Promise<Told> => asked as Promise<Told>

export function make_api(transport: Transport, base: string) {
  const http = createClient<paths>({ baseUrl: base, fetch: transport.send })

  async function me(): Promise<T.Me> {
    const answer = await take(http.GET('/api/identity/me'))
    transport.keep_csrf(answer.csrf)
    return answer
  }

  const loose = {
    get: http.GET as unknown as Loose,
    post: http.POST as unknown as Loose,
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
    /** newest first; `after` is the `next` of the page before */
    looks: (after?: string) =>
      take(http.GET('/api/identity/looks', { params: { query: after ? { after } : {} } })),
    consents: () => take(http.GET('/api/identity/consents')),
    withdraw_consent: (key: string, id: string) =>
      take(http.POST('/api/identity/consents/{id}/withdrawal', { params: { path: { id } }, ...intent(key) })),
    /** the firms I may act for */
    firms: () => take(http.GET('/api/identity/firms')),
    my_code: () => take(http.GET('/api/identity/my-code')),
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
    /** `firm`: the credit code of the firm acted for */
    open: (key: string, item: string, region: string, firm?: string) =>
      take(
        http.POST('/api/cases/drafts', {
          body: { item, region, ...(firm ? { firm } : {}) },
          ...intent(key),
        }),
      ),
    mine: () => take(http.GET('/api/cases/drafts')),
    one: (id: string) => take(http.GET('/api/cases/drafts/{id}', { params: { path: { id } } })),
    save: (id: string, body: T.DraftSave) =>
      take(
        http.PUT('/api/cases/drafts/{id}', {
          params: { path: { id } },
          body,
        }),
      ),
    ask_data: (key: string, id: string, consent?: T.TextAgreed) =>
      as<T.Draft>(
        take(
          loose.post('/api/cases/drafts/{id}/data', {
            params: { path: { id } },
            body: consent ? { consent } : {},
            ...intent(key),
          }),
        ),
      ),
    async drop(id: string): Promise<void> {
      await take(http.DELETE('/api/cases/drafts/{id}', { params: { path: { id } } }))
    },
    check: (key: string, id: string) =>
      take(http.POST('/api/cases/drafts/{id}/check', { params: { path: { id } }, ...intent(key) })),
    submit: (key: string, id: string, body: T.Submission) =>
      take(
        http.POST('/api/cases/drafts/{id}/submission', { params: { path: { id } }, body, ...intent(key) }),
      ),
  }

  const mine = {
    all: () => take(http.GET('/api/cases/mine')),
    one: (no: string) => as<T.MyCase>(take(http.GET('/api/cases/mine/{no}', { params: { path: { no } } }))),
    receipt: (no: string) => take(http.GET('/api/cases/mine/{no}/receipt', { params: { path: { no } } })),
    correct: (key: string, no: string, body: T.CorrectionAnswer) =>
      as<T.MyCase>(
        take(
          http.POST('/api/cases/mine/{no}/correction', { params: { path: { no } }, body, ...intent(key) }),
        ),
      ),
    withdraw: (key: string, no: string, body: T.Schemas['CasesWithdrawal']) =>
      as<T.MyCase>(
        take(
          http.POST('/api/cases/mine/{no}/withdrawal', { params: { path: { no } }, body, ...intent(key) }),
        ),
      ),
    letter_address: (no: string, id: string) =>
      `/api/cases/mine/${encodeURIComponent(no)}/letters/${encodeURIComponent(id)}`,
    file_address: (no: string, id: string) =>
      `/api/cases/mine/${encodeURIComponent(no)}/files/${encodeURIComponent(id)}`,
    progress: (body: T.Schemas['CasesProgressQuery']) => take(http.POST('/api/cases/progress', { body })),
  }

  /** The second screen of a window: who holds the token may read and answer. */
  const confirmations = {
    one: (token: string) =>
      take(http.GET('/api/cases/confirmations/{token}', { params: { path: { token } } })),
    answer: (key: string, token: string, body: T.PersonsAnswer) =>
      take(
        http.POST('/api/cases/confirmations/{token}', { params: { path: { token } }, body, ...intent(key) }),
      ),
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

  return {
    org,
    identity,
    catalog,
    files,
    drafts,
    mine,
    confirmations,
    licences,
    notify,
    desk: make_desk(http),
    intake: make_intake(http),
    exchange: make_exchange(http),
    supervision: make_supervision(http),
  }
}

export type Api = ReturnType<typeof make_api>
export { Problem }
