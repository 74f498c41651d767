// Walks every page and dialog of the desk in a real browser over the desk in memory: keyboard, refusals,
// axe, contrast, widths. `node scripts/look.mjs [folder for pictures]`. Ends with 1 when anything is not
// as it should be. ONLY=window_case,english walks only those.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build, preview } from 'vite'
import { fault, faults, look_through, page, pictures, port } from './eye.mjs'
import { signing_in, window_queue } from './walk-queue.mjs'
import { window_case } from './walk-case.mjs'
import { case_with_data, deeds, inspector } from './walk-deeds.mjs'
import { intake } from './walk-intake.mjs'
import { english, reviewer, widths } from './walk-review.mjs'
import { sources, supervisor } from './walk-watch.mjs'

mkdirSync(pictures, { recursive: true })
// The built app, because there the styles stand in another order than in development.
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const outDir = mkdtempSync(join(tmpdir(), 'tongban-desk-built-'))
const shared = { root, mode: 'mock', logLevel: 'error', build: { outDir, emptyOutDir: true } }
await build(shared)
const server = await preview({ ...shared, preview: { port, strictPort: true, host: '127.0.0.1' } })
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
  for (const walk of [
    signing_in,
    window_queue,
    window_case,
    reviewer,
    widths,
    english,
    intake,
    deeds,
    inspector,
    case_with_data,
    supervisor,
    sources,
  ]) {
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
  rmSync(outDir, { recursive: true })
}
console.log(faults.length === 0 ? 'all as it should be' : `${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
