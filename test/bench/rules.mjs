// rules.mjs TABLE.dmn SECONDS: the same table and expressions with feelin and @hbtgmbh/dmn-eval-js, as JSON lines.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { evaluate, unaryTest } from 'feelin'

const require = createRequire(import.meta.url)
const { decisionTable } = require('@hbtgmbh/dmn-eval-js')
// It says of every row without a match that there was none; that shall not be what is measured.
require('loglevel').getLogger('dmn-eval-js').setLevel('error')
const [file, seconds] = [process.argv[2], Number(process.argv[3])]
const xml = readFileSync(file, 'utf8')

/** Calls a second of this process's own time: the best of five. */
function rate(work) {
  let best = 0
  for (let round = 0; round < 5; round++) {
    const start = process.cpuUsage()
    let calls = 0
    let spent = 0
    do {
      for (let i = 0; i < 16; i++) work(calls++)
      const used = process.cpuUsage(start)
      spent = (used.user + used.system) / 1e6
    } while (spent < seconds / 5)
    best = Math.max(best, calls / spent)
  }
  return best
}
const say = (what, whose, value) => console.log(JSON.stringify({ what, whose, value }))

const areas = ['NS', 'LH', 'FT', 'LG']
const rows = Array.from({ length: 997 }, (_, i) => ({
  age: i % 90,
  area: areas[i % 4],
  income: 1000 + ((i * 37) % 9000),
  resident: i % 3 !== 0,
}))

const texts = (part) => [...part.matchAll(/<text>([\s\S]*?)<\/text>/g)].map(([, t]) => t.replaceAll('&lt;', '<').replaceAll('&gt;', '>').trim())
const rules = [...xml.matchAll(/<rule[\s\S]*?<\/rule>/g)].map(([rule]) => texts(rule).slice(0, 4))
const columns = ['age', 'area', 'income', 'resident']
say('table 10 x 4, strict', 'feelin', rate((i) => {
  const row = rows[i % rows.length]
  rules.filter((rule) => rule.every((cell, c) => cell === '-' || unaryTest(cell, { '?': row[columns[c]] }).value === true))
}))

const decisions = await decisionTable.parseDmnXml(xml)
say('table 10 x 4, strict', 'dmn-eval-js', rate((i) => decisionTable.evaluateDecision('policy', decisions, rows[i % rows.length])))

const context = { income: 8123, deduction: 5000, children: [{ age: 3 }, { age: 11 }, { age: 20 }] }
for (const [what, text] of [
  ['arithmetic', '(income - deduction) * 0.03 + 12'],
  ['date', 'date("1958-05-01") + duration("P60Y") <= date("2026-01-01")'],
  ['count of a filter', 'count(children[age < 18]) >= 2'],
])
  say(what, 'feelin', rate(() => evaluate(text, context)))
say('unary test', 'feelin', rate(() => unaryTest('[18..60]', { '?': 34 })))
