// Carries requests to the server: adds the session's token and the intent's key, sends again what may be
// sent again.
import { Problem, network_is_down, problem_of } from './problem'

export type Fetch = (request: Request) => Promise<Response>

export interface TransportOptions {
  fetch?: Fetch
  /** waits between tries, milliseconds */
  pauses?: number[]
  sleep?: (milliseconds: number) => Promise<void>
}

const changing = new Set(['POST', 'PUT', 'DELETE'])
const sleep_really = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

export class Transport {
  private csrf = ''
  private language = ''
  private readonly send_once: Fetch
  private readonly pauses: number[]
  private readonly sleep: (ms: number) => Promise<void>
  private listeners_ended: (() => void)[] = []
  private listeners_answered: (() => void)[] = []

  constructor(options: TransportOptions = {}) {
    this.send_once = options.fetch ?? ((request) => fetch(request))
    this.pauses = options.pauses ?? [400, 1500]
    this.sleep = options.sleep ?? sleep_really
  }

  /** The language the server's sentences are wanted in: zh-CN, en. */
  speak(language: string): void {
    this.language = language
  }

  /** Called when the server says that the session is over. */
  on_session_ended(listener: () => void): void {
    this.listeners_ended.push(listener)
  }

  /** Called at each answer of the server: the session's idle time begins anew. */
  on_answered(listener: () => void): void {
    this.listeners_answered.push(listener)
  }

  keep_csrf(token: string): void {
    this.csrf = token
  }

  csrf_token(): string {
    return this.csrf
  }

  /** The fetch that openapi-fetch is given. */
  readonly send: Fetch = async (request) => {
    const first = await this.send_again_if_dropped(await this.dressed(request))
    if (first.status !== 403 || !changing.has(request.method)) return this.told(request, first)
    const body: unknown = await first
      .clone()
      .json()
      .catch(() => null)
    if (!problem_of(403, body, first.headers).code.includes('csrf')) return this.told(request, first)
    this.csrf = ''
    return this.told(request, await this.send_again_if_dropped(await this.dressed(request)))
  }

  private async dressed(request: Request): Promise<Request> {
    const dressed = new Request(request.clone())
    if (this.language !== '') dressed.headers.set('Accept-Language', this.language)
    if (!changing.has(request.method)) return dressed
    await this.have_csrf(request.url)
    dressed.headers.set('X-CSRF-Token', this.csrf)
    return dressed
  }

  /** After this the token is there, unless the server gives none. */
  async have_csrf(base: string): Promise<void> {
    if (this.csrf !== '') return
    const answer = await this.send_again_if_dropped(new Request(new URL('/api/identity/me', base)))
    const me = (await answer.json().catch(() => ({}))) as { csrf?: string }
    this.csrf = me.csrf ?? ''
  }

  /**
   * A dropped connection leaves open whether the request was done: only what is the same twice is sent
   * twice.
   */
  private async send_again_if_dropped(request: Request): Promise<Response> {
    const may_repeat = request.method !== 'POST' || request.headers.has('Idempotency-Key')
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.send_once(request.clone())
      } catch (thrown) {
        if (request.signal.aborted) throw thrown
        const pause = may_repeat ? this.pauses[attempt] : undefined
        if (pause === undefined) throw new Problem({ status: 0, code: network_is_down })
        await this.sleep(pause)
      }
    }
  }

  private told(request: Request, response: Response): Response {
    const signing_in = new URL(request.url).pathname.endsWith('/sign-in')
    if (!(signing_in && response.status === 401)) this.notice(response.status)
    return response
  }

  /** Also called by uploads, which do not travel by fetch because fetch tells no progress. */
  notice(status: number): void {
    if (status === 401) {
      this.csrf = ''
      for (const listener of this.listeners_ended) listener()
    } else {
      for (const listener of this.listeners_answered) listener()
    }
  }
}

/** A key for one intent of a person. Kept over retries, so that pressing twice does once. */
export function new_intent(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
