// Serves a built app with the mock behind it: node packages/api/mock/serve.mjs <dist/portal> <port>
// The headers are the server's strict ones, so that what breaks under them breaks here.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { make_handler } from './handler.mjs'

const [dist = 'dist/portal', port = '21200'] = process.argv.slice(2)
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}
const policy =
  "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; " +
  "frame-ancestors 'none'; form-action 'self'"
const handler = make_handler()

createServer(async (request, response) => {
  if (await handler(request, response)) return
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://mock').pathname))
  const asked = join(dist, path)
  const file = existsSync(asked) && statSync(asked).isFile() ? asked : join(dist, 'index.html')
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream')
  createReadStream(file).pipe(response)
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`))
