// From an answer of the client to its data; a refusal is thrown.
import { problem_of } from './problem'

export type Answer = { data?: unknown; error?: unknown; response: Response }

/** An answer's data, or its problem thrown. */
export async function take<A extends Answer>(asked: Promise<A>): Promise<NonNullable<A['data']>> {
  const { data, error, response } = await asked
  if (!response.ok) throw problem_of(response.status, error, response.headers)
  return data as NonNullable<A['data']>
}

export const intent = (key: string) => ({ headers: { 'Idempotency-Key': key } })
