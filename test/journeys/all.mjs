// All journeys of one size, in a real browser against the real program with the departments beside it:
//   node all.mjs BASE SIM SIZE [OUT] [NAME…]     SIZE phone | desk; NAME: only these journeys, in this order
import { open_browser } from './browser.mjs'
import { journeys } from './journeys.mjs'
import { Stage } from './stage.mjs'

const [base, sim, size, out, ...wanted] = process.argv.slice(2)
const began = Date.now()
const browser = await open_browser()
const stage = new Stage(browser, { base, sim, size, out })
for (const name of wanted.length ? wanted : Object.keys(journeys)) await stage.play(journeys[name])
await browser.close()
if (stage.costs.length) stage.tell_costs()
for (const fault of stage.faults) console.log(`FAIL ${fault}`)
const axe = stage.faults.filter((one) => one.includes(': axe ')).length
console.log(`note: ${size}: ${stage.pages} pages seen, axe found ${axe} violations, ${((Date.now() - began) / 1000).toFixed(0)} s`)
console.log(`${stage.steps} passed, ${stage.faults.length} failed`)
process.exit(stage.faults.length ? 1 : 0)
