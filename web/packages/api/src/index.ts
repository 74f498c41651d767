// The door of packages/api: the only place in web/ that speaks to the server.
import { make_api } from './api'
import { Transport } from './transport'

export type * from './types'
export type { components, operations, paths } from './generated'
export { Problem, as_problem, network_is_down, problem_of, type ProblemField } from './problem'
export { Transport, new_intent, type Fetch } from './transport'
export { make_api, type Api } from './api'
export type { UploadWatch } from './upload'

/** One for the page. */
export const transport = new Transport()
export const api = make_api(transport, typeof location === 'undefined' ? 'http://localhost' : location.origin)
