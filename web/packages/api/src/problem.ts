// The one way a request fails. `code` is the refusal's sentence name; words of it stand in
// packages/words/src/codes.*.
export interface ProblemField {
  path: string
  code: string
  detail?: string
}

export interface ProblemParts {
  status: number
  code: string
  detail?: string
  fields?: ProblemField[]
  trace?: string
  /** seconds */
  retryAfter?: number
  /** members beside the standard ones, such as how many attempts are left */
  more?: Record<string, unknown>
}

export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly fields: ProblemField[]
  readonly trace: string
  readonly retryAfter: number | null
  readonly more: Record<string, unknown>

  constructor(parts: ProblemParts) {
    super(parts.code)
    this.name = 'Problem'
    this.status = parts.status
    this.code = parts.code
    this.detail = parts.detail ?? ''
    this.fields = parts.fields ?? []
    this.trace = parts.trace ?? ''
    this.retryAfter = parts.retryAfter ?? null
    this.more = parts.more ?? {}
  }

  /** The server gave no definite answer: the same request may be sent again. */
  get undecided(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

export const network_is_down = 'network_is_down'

const known = new Set(['type', 'title', 'status', 'code', 'detail', 'fields', 'trace'])

/** Reads a problem out of an answer's body, whatever the body is: a proxy in between may have written it. */
export function problem_of(status: number, body: unknown, headers: Headers): Problem {
  const told = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const text = (name: string): string | undefined => (typeof told[name] === 'string' ? told[name] : undefined)
  const wait = Number(headers.get('Retry-After') ?? 'x')
  const parts: ProblemParts = {
    status,
    code: text('code') ?? (status >= 500 ? 'server_failed' : `http_${status}`),
    fields: Array.isArray(told['fields']) ? (told['fields'] as ProblemField[]) : [],
    more: Object.fromEntries(Object.entries(told).filter(([name]) => !known.has(name))),
  }
  const detail = text('detail')
  if (detail !== undefined) parts.detail = detail
  const trace = text('trace')
  if (trace !== undefined) parts.trace = trace
  if (Number.isFinite(wait)) parts.retryAfter = wait
  return new Problem(parts)
}

/**
 * Whatever was thrown, as a Problem. A mistake of ours shows as `page_failed`, with its text for the
 * console only.
 */
export function as_problem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  console.error(thrown)
  return new Problem({ status: -1, code: 'page_failed' })
}
