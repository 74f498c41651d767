// What a resident does on the portal, step by step, as a person would: nothing is typed that the page has not asked for.
import { readFileSync } from 'node:fs'

export const photo = readFileSync(new URL('./household.png', import.meta.url))
const password = 'Tongban-2026'

/** From the home page to the guide of an item, by what a person types. */
export async function find(stage, me, words, item) {
  await me.go('/')
  await stage.look_once(me, 'home')
  await me.type(me.page.getByLabel('搜索要办的事'), words)
  await me.page.keyboard.press('Enter')
  await me.page.getByRole('status').filter({ hasText: '找到' }).waitFor()
  await stage.look_once(me, 'search')
  await me.click(me.page.getByRole('link', { name: item }).first())
  await me.page.getByRole('heading', { level: 1, name: item }).waitFor()
}

export async function sign_in(me, phone) {
  await me.type(me.page.getByLabel('手机号或身份证号'), phone)
  await me.type(me.page.getByLabel('密码', { exact: true }), password)
  await me.click(me.page.getByRole('main').getByRole('button', { name: '登录', exact: true }))
  await me.page.waitForURL((url) => !url.pathname.startsWith('/login'))
}

/** Everything larger, for whoever wants it so; kept on this device. */
export async function large_print(me) {
  await me.click(me.page.getByRole('banner').getByRole('button', { name: '长者版' }))
  await me.page.getByRole('button', { name: '普通版' }).waitFor()
}

/** Straight in, for pages that need a person and no item. */
export async function enter(me, phone, path) {
  await me.go(`/login?back=${encodeURIComponent(path)}`)
  await sign_in(me, phone)
  await me.page.waitForURL((url) => url.pathname === path)
}

/** From the guide into the wizard; signing in leads back to where the start was pressed, and on. */
export async function start(stage, me, { region, phone, short }) {
  await me.look(`${short}-guide`)
  await stage.look_printed_once(me, 'guide-printed')
  const choice = me.page.locator('#guide-region')
  if ((await choice.count()) && (await choice.inputValue()) !== region) {
    me.counts.clicks++
    await choice.selectOption(region)
  }
  await me.press('开始办理')
  await me.page.waitForURL(/\/(login|apply)\b/)
  if (/\/login/.test(me.page.url())) {
    await stage.look_once(me, 'login')
    await sign_in(me, phone)
  }
  await me.page.waitForURL(/\/apply\/.+\/notice/)
}

const step_now = (me) => /\/apply\/[^/]+\/([^/?#]+)/.exec(me.page.url())?.[1] ?? ''
const draft_now = (me) => /\/apply\/([^/?#]+)/.exec(me.page.url())?.[1] ?? ''

/** On to the next step, or an error that says what the page said. */
export async function leave_step(me, name = '保存，去下一步') {
  const here = me.page.url()
  await me.click(me.button(name))
  const refused = me.page.locator('.tb-summary, .tb-main .tb-box[role=alert]')
  await me.until('the next step', async () => {
    if (me.page.url() !== here) return true
    if (await refused.count()) throw new Error(`stays at ${here}: ${(await refused.allInnerTexts()).join(' / ')}`)
    return false
  })
}

async function read_notice(stage, me, plan) {
  await me.page.locator('#notice-agreed').waitFor()
  await me.look(`${plan.short}-notice`)
  await me.check(me.page.locator('#notice-agreed'))
  await leave_step(me)
}

/** The registers are asked; what they said stands on the same page, unless all was there at once. */
async function ask_registers(stage, me, plan) {
  const here = me.page.url()
  const go = me.button(/去查$/)
  const told = me.page.getByRole('status').filter({ hasText: /查到|没有登记|正在问|没有结果/ }).first()
  await go.or(told).first().waitFor()
  if (await go.count()) {
    // what a body asks by duty alone may have been asked before the person came here
    await me.look(`${plan.short}-consent`)
    if (plan.consent === 'refused') {
      await me.press('不查，我自己填、自己交材料')
    } else {
      const agreed = me.page.locator('#data-agreed')
      if (await agreed.count()) await me.check(agreed)
      await me.click(go)
    }
  }
  await me.until('an answer of the registers', async () => me.page.url() !== here || !(await go.count()))
  if (me.page.url() !== here) return
  await me.until('the end of asking', async () => me.page.url() !== here || !(await me.page.getByRole('heading', { level: 1, name: '正在查' }).count()), 8)
  await me.settle() // where all was found at once the page goes on by itself
  if (me.page.url() !== here) return
  await me.look(`${plan.short}-registers`)
  await plan.on_registers?.(me)
  await leave_step(me, /保存，去下一步|不等了，先往下填/)
}

/** Radio, boxes, a date or text, by the form's own keys. True when the page asks for it. */
async function give_answer(me, key, value) {
  const choices = me.page.locator(`input[name="f-${key}"]`)
  if (await choices.count()) {
    for (const one of [value].flat()) {
      const box = me.page.locator(`input[name="f-${key}"][value="${one}"]`)
      if (!(await box.isChecked())) await me.check(box)
    }
    return true
  }
  const field = me.page.locator(`#f-${key}`)
  if (!(await field.count()) || !(await field.evaluate((one) => one.matches('input, textarea, select')))) return false
  if (await field.evaluate((one) => one.closest('.tb-date') !== null)) {
    const parts = me.page.locator('.tb-date').filter({ has: field }).locator('input')
    for (const [index, part] of value.split('-').entries()) await parts.nth(index).fill(String(Number(part)))
    me.counts.fields++
  } else if ((await field.inputValue()) !== value) await me.type(field, value)
  return true
}

async function fill_form(stage, me, plan) {
  await me.page.locator('.apply form').waitFor()
  const given = (plan.given ??= new Set())
  for (let more = true; more; ) {
    more = false // an answer may bring further fields
    for (const [key, value] of Object.entries(plan.answers)) {
      if (given.has(key) || !(await give_answer(me, key, value))) continue
      given.add(key)
      more = true
    }
  }
  if (plan.closes_browser) await close_and_return(stage, me, plan)
  if (plan.asks_along) {
    await me.page.waitForTimeout(1000) // what was chosen is saved, and leads to further questions to registers
    await all_answered(me, plan)
  }
  await me.look(`${plan.short}-${step_now(me)}`)
  await plan.on_form?.(me, step_now(me))
  await leave_step(me)
}

/** In the middle of it the browser is closed; what was typed is there again. */
async function close_and_return(stage, me, plan) {
  const [key, value] = plan.closes_browser
  plan.closes_browser = undefined
  const here = me.page.url()
  await me.until('the saving', async () => (await me.ask(`/api/cases/drafts/${draft_now(me)}`)).answers[key] === value)
  await me.leave_and_return()
  await me.page.goto(here)
  await me.page.locator(`#f-${key}`).waitFor()
  const kept = await me.page.locator(`#f-${key}`).inputValue()
  stage.expect(kept === value, `the draft did not survive closing: “${kept}”`)
}

/** Until no register is being asked any more: what waives a paper may still come. */
async function all_answered(me, plan) {
  const draft = draft_now(me)
  let waited = false
  await me.until('the end of asking', async () => {
    const asking = (await me.ask(`/api/cases/drafts/${draft}`)).data?.asking === true
    waited ||= asking
    return !asking
  })
  if (waited || plan.asks_along) await me.page.waitForTimeout(700) // the page looks again every half second
}

async function give_papers(stage, me, plan) {
  await me.page.getByRole('heading', { level: 1, name: '准备材料' }).waitFor()
  await all_answered(me, plan)
  await me.look(`${plan.short}-papers`)
  await plan.on_papers_first?.(me)
  for (const [name, way] of Object.entries(plan.papers ?? {})) {
    const card = me.page.locator('.tb-material').filter({ has: me.page.getByRole('heading', { name }) }).first()
    if (!(await card.count())) throw new Error(`no paper “${name}” waits: ${await me.page.locator('main').innerText()}`)
    await give_paper(me, card, way, name)
  }
  await plan.on_papers?.(me)
  await me.look(`${plan.short}-papers-given`)
  await leave_step(me)
}

async function give_paper(me, card, way, name) {
  const change = card.getByRole('button', { name: { promise: /改为承诺/, upload: /改为上传/, window: /改为带到窗口/ }[way] })
  if (await change.count()) await me.click(change)
  if (way === 'upload') {
    await upload(me, card, `${name}.png`)
  } else if (way === 'promise') {
    await me.click(card.getByRole('button', { name: /阅读并承诺/ }))
    await me.check(card.getByRole('checkbox').first())
  } else {
    const bring = card.getByRole('button', { name: '我带到窗口交' })
    if (await bring.count()) await me.click(bring)
  }
}

export async function upload(me, card, name) {
  me.counts.clicks++
  await card.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'image/png', buffer: photo })
  await card.locator('.tb-file').getByText('检查通过').first().waitFor()
}

async function collect(stage, me, plan) {
  const wanted = plan.collection ?? 'electronic'
  const way = typeof wanted === 'string' ? wanted : 'courier'
  const radio = me.page.locator(`input[name=collection][value=${way}]`)
  await radio.waitFor()
  if (!(await radio.isChecked())) await me.check(radio)
  if (way === 'courier') {
    for (const part of ['recipient', 'phone', 'address']) await me.type(me.page.locator(`#delivery-${part}`), wanted[part])
  }
  await me.look(`${plan.short}-collection`)
  await leave_step(me)
}

async function hand_in(stage, me, plan) {
  await me.page.locator('#declaration').waitFor()
  await all_answered(me, plan)
  await me.look(`${plan.short}-confirm`)
  await plan.on_confirm?.(me)
  plan.burden = (await me.ask(`/api/cases/drafts/${draft_now(me)}`)).burden
  if (plan.by_person) await me.check(me.page.locator('#by-person'))
  await me.check(me.page.locator('#declaration'))
  const send = me.button('提交申请')
  if (plan.taps_twice) {
    me.counts.clicks++
    await Promise.all([send.click(), send.click({ timeout: 1500 }).catch(() => undefined)])
    await me.page.waitForURL(/\/receipt$/, { waitUntil: 'commit' })
  } else await leave_step(me, '提交申请')
}

const hands = { notice: read_notice, data: ask_registers, materials: give_papers, collection: collect, confirm: hand_in }

/**
 * The whole wizard, step by step in whatever order the server wants them. plan: short (name of the pictures), answers
 * by key, asks_along (answers lead to questions whose answers fill the same page), papers by name, consent 'refused',
 * by_person (a person is asked to decide), collection (a way, or {recipient, phone, address}), on_registers, on_form,
 * on_papers_first (none given yet), on_papers, on_confirm. Gives {number, code, burden, seconds, text of the receipt}.
 */
export async function apply(stage, me, plan) {
  const began = Date.now()
  for (let steps = 0; !/\/receipt$/.test(me.page.url()); steps++) {
    if (steps > 15) throw new Error(`the wizard does not end: ${me.page.url()}`)
    const step = step_now(me)
    await stage.step(`${plan.short} ${step}`, () => (hands[step] ?? fill_form)(stage, me, plan))
  }
  await me.page.getByText('查询码').first().waitFor()
  await me.settle()
  const seconds = (Date.now() - began) / 1000
  await me.look(`${plan.short}-receipt`)
  await stage.look_printed_once(me, 'receipt-printed')
  const text = await me.page.locator('main').innerText()
  const number = /\/cases\/([^/]+)\/receipt/.exec(me.page.url())[1]
  const code = /查询码[^\d]*(\d{6})/.exec(text)?.[1]
  stage.expect(text.includes(number), `the receipt does not tell the number ${number}`)
  stage.cost(me, { burden: plan.burden, seconds })
  return { number, code, burden: plan.burden, seconds, text }
}

/** Waits for a state of one's own case. */
export async function wait_for_state(me, number, ...states) {
  return me.until(`${number} ${states.join('/')}`, async () => {
    const found = await me.ask(`/api/cases/mine/${number}`)
    return states.includes(found.state) && found
  }, 40)
}

/** The sealed proof, from the case's own page. */
export async function download(stage, me, number) {
  const found = await wait_for_state(me, number, 'concluded', 'issued')
  const own = await me.until('the licence', async () => found.licence ?? (await me.ask(`/api/cases/mine/${number}`)).licence)
  await me.go(`/cases/${number}`)
  await me.look('case-done')
  await stage.look_printed_once(me, 'case-printed')
  await me.go(`/licences/${own.id}`)
  await me.look('licence')
  const link = me.page.getByRole('link', { name: /下载/ }).or(me.page.getByRole('button', { name: /下载/ })).first()
  const [file] = await Promise.all([me.page.waitForEvent('download'), me.click(link)])
  const bytes = readFileSync(await file.path())
  stage.expect(bytes.subarray(0, 5).toString() === '%PDF-', 'the download is no PDF')
  return { licence: await me.ask(`/api/licences/mine/${own.id}`), bytes }
}

/** A stranger by number, by file, by a changed file, by the address on the paper. */
export async function verify(stage, me, { licence, bytes }) {
  await ask_by_number(me, licence)
  await me.page.locator('.band').getByText('登记有效').waitFor()
  await stage.look_once(me, 'verify-valid')
  const picker = me.page.locator('.compare-box input')
  await picker.setInputFiles({ name: 'licence.pdf', mimeType: 'application/pdf', buffer: bytes })
  await me.page.getByText('这份证明有效').first().waitFor()
  await stage.look_once(me, 'verify-same')
  const changed = Buffer.from(bytes)
  changed[Math.floor(changed.length / 3)] ^= 1
  await picker.setInputFiles({ name: 'licence.pdf', mimeType: 'application/pdf', buffer: changed })
  await me.page.getByText(/不要采信/).first().waitFor()
  await stage.look_once(me, 'verify-altered')
  await me.go(new URL(licence.verify_url.replace(/^HTTPS?:\/\/[^/]+/i, stage.base)).pathname)
  await me.page.locator('.band').getByText('登记有效').waitFor()
}

export async function ask_by_number(me, licence) {
  await me.go('/verify')
  await me.type(me.page.getByLabel('证明编号'), licence.card.number)
  await me.type(me.page.getByLabel('验证码'), licence.code)
  await me.press('核验')
}
