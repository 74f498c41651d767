import type { Problem } from '@tongban/api'

/** The moment a locked account opens again, by the server's clock. */
export function locked_until(problem: Problem, server_now: string): string | undefined {
  if (problem.retryAfter === null) return undefined
  return new Date(Date.parse(server_now) + problem.retryAfter * 1000).toISOString()
}

/** How many tries are left, if the server tells. */
export function tries_left(problem: Problem): number | undefined {
  const left = problem.more['attempts_left']
  return typeof left === 'number' ? left : undefined
}

/** Only pages of the desk: an address from outside leads nowhere else. */
export function way_back(asked: unknown): string {
  return typeof asked === 'string' && /^\/(?![/\\])/.test(asked) && !asked.startsWith('/login') ? asked : '/'
}
