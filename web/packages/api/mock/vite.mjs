// For vite.config.ts: `plugins: [mode === 'mock' && mock_api()]`. Without it, /api is passed on to a
// running server.
import { make_handler } from './handler.mjs'

export function mock_api(more = []) {
  const handler = make_handler(more)
  return {
    name: 'tongban-mock-api',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        handler(request, response).then((done) => {
          if (!done) next()
        })
      })
    },
  }
}
