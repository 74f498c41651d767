// Walks every page and dialog of the desk in a real browser over the desk in memory: keyboard, refusals,
// axe, contrast, widths. `node scripts/look.mjs [folder for pictures]`. Ends with 1 when anything is not
// as it should be. ONLY=window_case,english walks only those.
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { fault, faults, look_through, page, pictures, port } from './eye.mjs'
import { signing_in, window_queue } from './walk-queue.mjs'
import { window_case } from './walk-case.mjs'
import { english, reviewer, widths } from './walk-review.mjs'

mkdirSync(pictures, { recursive: true })
const server = await createServer({
  root: dirname(dirname(fileURLToPath(import.meta.url))),
  mode: 'mock',
  server: { port, strictPort: true, hmr: false, watch: null },
  logLevel: 'error',
})
await server.listen()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
look_through(browser)

function where(thrown) {
  const places = [...(thrown.stack ?? '').matchAll(/(walk-\w+\.mjs:\d+)/g)]
  return places[0]?.[1] ?? ''
}

const wanted = process.env.ONLY?.split(',')
try {
  for (const walk of [signing_in, window_queue, window_case, reviewer, widths, english]) {
    if (wanted && !wanted.includes(walk.name)) continue
    console.log(walk.name)
    try {
      await walk()
    } catch (thrown) {
      await page.screenshot({ path: join(pictures, `broken-${walk.name}.png`) })
      fault(`${walk.name}: ${String(thrown).split('\n').slice(0, 3).join(' ')} ${where(thrown)}`)
    }
  }
} finally {
  await browser.close()
  await server.close()
}
console.log(faults.length === 0 ? 'all as it should be' : `${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
