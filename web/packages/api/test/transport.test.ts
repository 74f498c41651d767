import { describe, expect, it } from 'vitest'
import { Problem, Transport, make_api, network_is_down, problem_of } from '../src'

const base = 'http://tongban.test'
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })

/** Plays answers one after the other; 'down' is a line that breaks. */
function line(...answers: (Response | 'down')[]) {
  const sent: Request[] = []
  const pauses: number[] = []
  const transport = new Transport({
    pauses: [10, 20],
    sleep: async (ms) => {
      pauses.push(ms)
    },
    fetch: async (request) => {
      sent.push(request)
      const answer = answers[Math.min(sent.length - 1, answers.length - 1)]!
      if (answer === 'down') throw new TypeError('network')
      return answer.clone()
    },
  })
  transport.keep_csrf('token-1')
  return { api: make_api(transport, base), transport, sent, pauses }
}

describe('a broken line', () => {
  it('sends a verb again with the same key', async () => {
    const { api, sent, pauses } = line('down', json(200, { ready: true, wrong: [] }))
    await api.drafts.check('key-1', 'D1')
    expect(sent.map((request) => request.headers.get('Idempotency-Key'))).toEqual(['key-1', 'key-1'])
    expect(pauses).toEqual([10])
  })
  it('sends the body again, whole', async () => {
    const { api, sent } = line('down', 'down', json(201, { case_no: 'C1' }))
    const declaration = { key: 'd', version: '1', hash: 'h' }
    await api.drafts.submit('key-1', 'D1', { version: 3, declaration })
    expect(await sent[2]!.json()).toEqual({ version: 3, declaration })
  })
  it('never sends twice what has no key and may not be done twice', async () => {
    const { api, sent } = line('down')
    await expect(api.mine.progress({ case_no: 'C', query_code: '1' })).rejects.toMatchObject({
      code: network_is_down,
      status: 0,
    })
    expect(sent).toHaveLength(1)
  })
  it('gives up after its tries', async () => {
    const { api, sent } = line('down')
    await expect(api.mine.all()).rejects.toMatchObject({ code: network_is_down, undecided: true })
    expect(sent).toHaveLength(3)
  })
})

describe('the session', () => {
  it('sends its token with what changes things, not with what reads', async () => {
    const { api, sent } = line(json(200, {}))
    await api.mine.all()
    await api.drafts.check('k', 'D1')
    expect(sent.map((request) => request.headers.get('X-CSRF-Token'))).toEqual([null, 'token-1'])
  })
  it('fetches a new token once when the old one is refused', async () => {
    const refused = json(403, { code: 'csrf_token_is_wrong' })
    const { api, sent } = line(
      refused,
      json(200, { signed_in: true, csrf: 'token-2' }),
      json(200, { ready: true, wrong: [] }),
    )
    await api.drafts.check('k', 'D1')
    expect(sent.map((request) => new URL(request.url).pathname)).toEqual([
      '/api/cases/drafts/D1/check',
      '/api/identity/me',
      '/api/cases/drafts/D1/check',
    ])
    expect(sent[2]!.headers.get('X-CSRF-Token')).toBe('token-2')
    expect(sent[2]!.headers.get('Idempotency-Key')).toBe('k')
  })
  it('tells when it is over, but a wrong password is not its end', async () => {
    const { api, transport } = line(
      json(401, { code: 'account_or_password_is_wrong' }),
      json(401, { code: 'sign_in_first' }),
    )
    let ended = 0
    transport.on_session_ended(() => ended++)
    await expect(
      api.identity.sign_in({ audience: 'resident', account: 'a', password: 'b' }),
    ).rejects.toBeInstanceOf(Problem)
    expect(ended).toBe(0)
    await expect(api.mine.all()).rejects.toMatchObject({ code: 'sign_in_first' })
    expect(ended).toBe(1)
  })
})

it('asks for sentences in the language chosen', async () => {
  const { api, transport, sent } = line(json(200, {}))
  await api.mine.all()
  transport.speak('en')
  await api.mine.all()
  expect(sent[1]!.headers.get('Accept-Language')).toBe('en')
  expect(sent[0]!.headers.get('Accept-Language')).not.toBe('en')
})

describe('problems', () => {
  it('carry code, fields, trace, wait and what else was told', () => {
    const headers = new Headers({ 'Retry-After': '900' })
    const body = {
      code: 'account_is_locked',
      detail: '锁住了',
      trace: 'T1',
      fields: [{ path: '/account', code: 'x' }],
      attempts_left: 0,
    }
    expect(problem_of(429, body, headers)).toMatchObject({
      status: 429,
      code: 'account_is_locked',
      detail: '锁住了',
      trace: 'T1',
      retryAfter: 900,
      fields: [{ path: '/account', code: 'x' }],
      more: { attempts_left: 0 },
    })
  })
  it('are made of any answer, also one a proxy wrote', () => {
    expect(problem_of(502, null, new Headers())).toMatchObject({
      status: 502,
      code: 'server_failed',
      undecided: true,
    })
    expect(problem_of(404, 'nothing', new Headers())).toMatchObject({
      status: 404,
      code: 'http_404',
      undecided: false,
    })
  })
})
