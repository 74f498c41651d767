// The desk without a server: an in-memory desk behind Vite's own server, for `npm run dev:mock` and
// the page checks.
import { Desk } from './desk.mjs'
import { answer } from './routes.mjs'

async function body_of(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  const text = Buffer.concat(parts).toString('utf8')
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return {}
  }
}

export function mock_desk() {
  const desk = new Desk()
  const stand_in = (server) => {
    server.middlewares.use(async (request, response, next) => {
      const url = new URL(request.url, 'http://localhost')
      if (!url.pathname.startsWith('/api/') && !url.pathname.startsWith('/mock/')) return next()
      const said = answer(desk, request.method, url, await body_of(request), request.headers)
      response.statusCode = said.status
      for (const [name, value] of Object.entries(said.headers ?? {})) response.setHeader(name, value)
      if (said.type) response.setHeader('Content-Type', said.type)
      response.end(said.bytes ?? (said.json === undefined ? '' : JSON.stringify(said.json)))
    })
  }
  return { name: 'tongban-mock-desk', configureServer: stand_in, configurePreviewServer: stand_in }
}
