// #11: 马超 needs a proof of insurance; the register fills the form, rules decide.
import { apply, download, find, start } from '../portal.mjs'

const item = '社会保险参保证明'

async function run(stage) {
  const me = await stage.person('ma')
  await find(stage, me, 'cbzm', item)
  await start(stage, me, { region: '990102000000', phone: '19900000010', short: 'insured' })
  const filed = await apply(stage, me, { short: 'insured', answers: { purpose: 'loan', contact_phone: '19900000010' } })
  stage.expect(/当场办完/.test(filed.text), 'decided at once')
  await stage.step('the sealed proof', () => download(stage, me, filed.number))
}

export const insured = { name: 'proof of insurance, at once (#11)', run }
