// Builds the apps into dist/<app> and lays a .gz and a .br beside every text file, for the server to send
// as they are.
// `node scripts/build.mjs portal` builds one.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const web = dirname(dirname(fileURLToPath(import.meta.url)))
const asked = process.argv.slice(2)
const apps = readdirSync(join(web, 'apps')).filter(
  (app) =>
    existsSync(join(web, 'apps', app, 'vite.config.ts')) && (asked.length === 0 || asked.includes(app)),
)

const worth = /\.(js|css|html|svg|json|txt|webmanifest)$/
const files_of = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files_of(join(folder, entry.name)) : [join(folder, entry.name)],
  )

for (const app of apps) {
  execFileSync(process.execPath, [join(web, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: join(web, 'apps', app),
    stdio: 'inherit',
  })
  for (const file of files_of(join(web, 'dist', app))) {
    if (!worth.test(file) || statSync(file).size < 512) continue
    const bytes = readFileSync(file)
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    )
  }
}
