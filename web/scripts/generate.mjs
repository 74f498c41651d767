// Types of the HTTP interface: every src/*/api.yaml becomes one OpenAPI document, and that the file the
// client is typed by.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const web = dirname(dirname(fileURLToPath(import.meta.url)))
const root = dirname(web)
const contracts = readdirSync(join(root, 'src'))
  .map((module) => join(root, 'src', module, 'api.yaml'))
  .filter((file) => existsSync(file))
const scratch = mkdtempSync(join(tmpdir(), 'tongban-openapi-'))
try {
  const merged = join(scratch, 'openapi.json')
  execFileSync('python3', [join(root, 'tools/apigen.py'), 'openapi', merged, ...contracts], {
    stdio: 'inherit',
  })
  const types = astToString(await openapiTS(pathToFileURL(merged), { alphabetize: true }))
  writeFileSync(
    join(web, 'packages/api/src/generated.ts'),
    `// Made by web/scripts/generate.mjs from src/*/api.yaml. Not committed.\n${types}`,
  )
} finally {
  rmSync(scratch, { recursive: true })
}
