// A Node handler over a list of routes: sessions by cookie, problem details, answers kept by Idempotency-Key.
import { randomUUID } from 'node:crypto'
import { portal_routes } from './portal.mjs'
import { Refusal, seed, world } from './world.mjs'

seed()

function pattern_of(path) {
  return new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
}

async function bytes_of(request) {
  const pieces = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Enough of RFC 7578 for the files that browsers send. */
function parts_of(bytes, type) {
  const boundary = Buffer.from(`--${/boundary="?([^";]+)/.exec(type)?.[1] ?? ''}`)
  const parts = {}
  for (let at = bytes.indexOf(boundary); at >= 0;) {
    const next = bytes.indexOf(boundary, at + boundary.length)
    if (next < 0) break
    const piece = bytes.subarray(at + boundary.length + 2, next - 2)
    const cut = piece.indexOf('\r\n\r\n')
    const head = piece.subarray(0, cut).toString('utf8')
    const name = /name="([^"]*)"/.exec(head)?.[1]
    const file = /filename="([^"]*)"/.exec(head)?.[1]
    const body = Buffer.from(piece.subarray(cut + 4))
    if (name) parts[name] = file === undefined ? body.toString('utf8') : { name: file, bytes: body }
    at = next
  }
  return parts
}

const cookie_of = (request) => /(?:^|; )tongban_mock=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''

function send_problem(response, refusal) {
  const { retry_after, ...more } = refusal.more ?? {}
  if (retry_after) response.setHeader('Retry-After', String(retry_after))
  send(
    response,
    refusal.status,
    'application/problem+json',
    JSON.stringify({
      type: 'about:blank',
      title: refusal.code,
      status: refusal.status,
      code: refusal.code,
      trace: randomUUID().slice(0, 12),
      ...(refusal.detail ? { detail: refusal.detail } : {}),
      ...more,
    }),
  )
}

function send(response, status, type, body) {
  response.statusCode = status
  if (body !== null) response.setHeader('Content-Type', type)
  response.setHeader('Cache-Control', 'no-store')
  response.end(body ?? undefined)
}

/**
 * `more`: routes of another app's mock, in the same form. Answers false when the path is not the
 * interface's.
 */
export function make_handler(more = []) {
  const table = [...portal_routes, ...more].map(([method, path, who, act]) => ({
    method,
    pattern: pattern_of(path),
    who,
    act,
  }))
  return async (request, response) => {
    const url = new URL(request.url, 'http://mock')
    if (!url.pathname.startsWith('/api/')) return false
    try {
      await answer(table, request, response, url)
    } catch (thrown) {
      if (thrown instanceof Refusal) send_problem(response, thrown)
      else {
        console.error(thrown)
        send_problem(response, new Refusal(500, 'internal_error'))
      }
    }
    return true
  }
}

async function answer(table, request, response, url) {
  const route = table.find((one) => one.method === request.method && one.pattern.test(url.pathname))
  if (!route) throw new Refusal(404, 'no_such_page')
  const cookie = cookie_of(request)
  const session = world.sessions.get(cookie)
  if (route.who !== 'anyone' && !session) throw new Refusal(401, 'sign_in_first')
  if (request.method !== 'GET' && request.headers['x-csrf-token'] !== 'mock-csrf')
    throw new Refusal(403, 'csrf_token_is_wrong')
  const key = request.headers['idempotency-key']
  const remembered = key && world.answers.get(`${cookie} ${key}`)
  if (remembered) return send(response, ...remembered)
  const bytes = await bytes_of(request)
  const type = request.headers['content-type'] ?? ''
  const told = await route.act({
    params: Object.fromEntries(
      Object.entries(route.pattern.exec(url.pathname).groups ?? {}).map(([name, value]) => [
        name,
        decodeURIComponent(value),
      ]),
    ),
    query: url.searchParams,
    session,
    person: session?.person,
    body: type.startsWith('application/json') && bytes.length ? JSON.parse(bytes.toString('utf8')) : {},
    parts: type.startsWith('multipart/') ? parts_of(bytes, type) : {},
    set_session(person, extra = {}) {
      const id = randomUUID()
      world.sessions.set(id, { person, ...extra })
      response.setHeader('Set-Cookie', `tongban_mock=${id}; Path=/; HttpOnly; SameSite=Lax`)
      return world.sessions.get(id)
    },
    drop_session() {
      world.sessions.delete(cookie)
    },
  })
  if (told?.bytes) return send(response, 200, told.type, told.bytes)
  const [status, body] = Array.isArray(told) ? told : [200, told]
  const reply = [status, 'application/json', body === null ? null : JSON.stringify(body)]
  if (key) world.answers.set(`${cookie} ${key}`, reply)
  send(response, ...reply)
}
