// portal.mjs DIST: what a phone fetches, compressed, by the built files: the page itself and all that it names or imports at once.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const dist = process.argv[2]
const size = (path) => statSync(existsSync(join(dist, `${path}.br`)) ? join(dist, `${path}.br`) : join(dist, path)).size

/** Files that come with `first` without anybody's click. */
function closure(first) {
  const seen = new Set(first)
  for (const path of seen) {
    if (!path.endsWith('.js')) continue
    const text = readFileSync(join(dist, path), 'utf8')
    for (const [, name] of text.matchAll(/(?:^|[;}\s])(?:import|export)[^;'"()]*?from\s*["']\.\/([^"']+)["']|import["']\.\/([^"']+)["']/g))
      if (name && existsSync(join(dist, 'assets', name))) seen.add(`assets/${name}`)
  }
  return seen
}

const sum = (files) => [...files].reduce((all, path) => all + size(path), 0) / 1024
const page = readFileSync(join(dist, 'index.html'), 'utf8')
const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path)
const frame = closure(new Set(['index.html', ...named]))
const page_of = (name) =>
  readdirSync(join(dist, 'assets'))
    .filter((file) => file.startsWith(`${name}-`) && /\.(js|css)$/.test(file))
    .map((file) => `assets/${file}`)
const with_page = (name) => closure(new Set([...frame, ...page_of(name)]))
const home = with_page('HomePage')
const apply = [...with_page('ApplyPage')].filter((path) => !home.has(path))
console.log(
  JSON.stringify([
    { what: 'home', files: home.size, kb: sum(home) },
    { what: 'wizard, beyond home', files: apply.length, kb: sum(apply) },
  ]),
)
