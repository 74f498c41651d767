// At a window of 示例街道, for departments elsewhere: 欧阳明 reads everything on the second screen; 何雨桐 says a code from her
// phone. Keys as a clerk uses them; the receipt is printed.

async function who_and_what(stage, me, { name, number, phone, initials, item, region }) {
  await me.go('/desk/intake')
  await me.page.locator('#intake-scan').waitFor()
  await me.type(me.page.locator('#intake-scan'), number)
  await me.page.keyboard.press('Enter')
  await me.type(me.page.locator('#intake-name'), name)
  await me.page.keyboard.press('Enter')
  await me.type(me.page.locator('#intake-phone'), phone)
  await me.page.keyboard.press('Enter')
  await me.type(me.page.locator('#intake-item'), initials)
  await me.page.locator('#intake-item-list li').filter({ hasText: item }).first().waitFor()
  await me.page.keyboard.press('Enter')
  const place = me.page.locator('#intake-region')
  await me.page.locator('.item-chosen').filter({ hasText: item }).waitFor()
  await me.settle()
  if (await place.count()) await place.selectOption(region)
  await stage.look_once(me, 'desk-intake')
  await me.page.locator('#intake-open').press('Control+Enter')
  await me.page.waitForURL(/\/desk\/intake\/(?!done)[^/]+$/)
  await me.page.locator('.intake-page h1').filter({ hasText: item }).waitFor()
}

/** At the desk nobody needs the mouse. */
async function hit(me, locator) {
  if (me.size === 'phone') return me.click(locator)
  me.counts.clicks++
  await locator.focus()
  await me.page.keyboard.press('Enter')
}

const draft_of = (me) => /\/intake\/([^/?#]+)/.exec(me.page.url())[1]

/** The person reads on the second screen and agrees to each text. */
async function read_on_screen(stage, me, box, name) {
  const show = box.getByRole('button', { name: '在副屏显示' })
  await show.waitFor()
  if (!me.second) {
    const [popup] = await Promise.all([me.page.waitForEvent('popup'), hit(me, show)])
    me.second = me.beside(popup, 'second-screen')
    stage.people.push(me.second)
  }
  const screen = me.second
  await screen.page.waitForURL(/\/confirm\//)
  const right = screen.page.getByRole('button', { name: /没有错，我确认|^同意查询$/ })
  await right.waitFor()
  await screen.look(name)
  for (const each of await screen.page.getByRole('checkbox').all()) await screen.check(each)
  await screen.click(right)
  await screen.page.waitForURL(/second-screen/)
}

/** Or they say the code that came to their phone. */
async function say_code(stage, me, box, phone) {
  await hit(me, box.getByRole('button', { name: '发短信确认码' }))
  const field = box.getByLabel('短信里的确认码')
  await field.waitFor()
  const code = await me.until('the code on the phone', async () => {
    const { messages } = await (await fetch(`${stage.sim}/sms/messages?phone=${phone}`)).json()
    return messages.map((one) => /(?<!\d)(\d{6})(?!\d)/.exec(one.text)?.[1]).find((one) => one && !me.codes?.has(one))
  })
  ;(me.codes ??= new Set()).add(code)
  await me.type(field, code)
  await me.page.keyboard.press('Enter')
}

/** `said`: what then stands on the clerk's page. */
async function yes(stage, me, box, said, plan, name) {
  if (plan.by === 'code') await say_code(stage, me, box, plan.phone)
  else await read_on_screen(stage, me, box, name)
  await said.waitFor()
}

/** Ctrl Enter leads on: here, to asking the person. */
async function ask_by_key(me, button) {
  await button.waitFor()
  if (me.size === 'phone') return me.click(button)
  await me.page.keyboard.press('Control+Enter')
}

async function fill_in(me, answers) {
  for (const [key, value] of Object.entries(answers)) {
    const choice = me.page.locator(`input[name="f-${key}"][value="${value}"]`)
    const text = me.page.locator(`#f-${key}`)
    await choice.or(text).first().waitFor()
    if (await choice.count()) await me.check(choice)
    else if ((await text.inputValue()) !== value) await me.type(text, value)
  }
}

async function take_in(stage, me, plan) {
  const began = Date.now()
  Object.assign(me.counts, { clicks: 0, fields: 0 })
  await stage.step('who and what', () => who_and_what(stage, me, plan))
  await stage.step('consent', async () => {
    const box = me.page.locator('[data-block=data] .confirm-box')
    await box.waitFor()
    await me.look(`${plan.short}-consent`)
    if (plan.by !== 'code') await ask_by_key(me, box.getByRole('button', { name: /副屏/ }).first())
    // With the consent the registers are asked, and their results take the place of the question.
    await yes(stage, me, box, me.page.locator('.intake-data-said'), plan, `${plan.short}-second-screen-consent`)
    await me.until('the registers', async () => {
      const { data } = await me.ask(`/api/cases/desk/intake/${draft_of(me)}`)
      return !data.asking && data.sources.some((one) => one.outcome === 'found' || one.outcome === 'none')
    })
  })
  await stage.step('fill in', async () => {
    await fill_in(me, plan.answers)
    const electronic = me.page.locator('input[name=collection][value=electronic]')
    if (await electronic.count()) await me.check(electronic)
    await me.until('the saving', async () => (await me.ask(`/api/cases/desk/intake/${draft_of(me)}`)).collection === 'electronic')
    await me.settle()
    await me.look(`${plan.short}-filled`)
  })
  await stage.step('the person confirms', async () => {
    const box = me.page.locator('[data-block=confirm] .confirm-box')
    if (plan.by !== 'code') await ask_by_key(me, box.getByRole('button', { name: /副屏确认/ }).first())
    await yes(stage, me, box, box.locator('.confirm-said'), plan, `${plan.short}-second-screen`)
  })
  return stage.step('hand in and print', async () => {
    const burden = (await me.ask(`/api/cases/desk/intake/${draft_of(me)}`)).burden
    await me.page.keyboard.press('Control+Enter')
    await me.page.waitForURL(/\/intake\/done\//)
    const number = /done\/([^/?#]+)/.exec(me.page.url())[1]
    await me.page.getByText('查询码').first().waitFor()
    await me.look(`${plan.short}-done`)
    const [letter] = await Promise.all([
      me.page.waitForResponse((one) => /\/letters\//.test(one.url()) && one.ok(), { timeout: 30000 }),
      me.page.keyboard.press('F8'),
    ])
    stage.expect(/pdf/.test(letter.headers()['content-type'] ?? ''), 'the receipt is printed from its file')
    stage.cost(me, { burden, seconds: (Date.now() - began) / 1000 })
    return number
  })
}

async function on_screen(stage) {
  const me = await stage.staff('sl001')
  const number = await take_in(stage, me, {
    short: 'walk-in', by: 'screen', name: '欧阳明', number: '990121196604040112', phone: '19900000007',
    initials: 'wfzm', item: '无房证明', region: '990121000000',
    answers: { scope: 'self', purpose: 'public_rental', receiving_unit: '云溪县住房保障中心', contact_phone: '19900000007' },
  })
  stage.note(`${stage.journey}: case ${number}`)
}

async function by_code(stage) {
  const me = await stage.staff('hd001')
  await take_in(stage, me, {
    short: 'walk-in-code', by: 'code', name: '何雨桐', number: '990102200202280682', phone: '19900000009',
    initials: 'cbzm', item: '社会保险参保证明', region: '990102000000',
    answers: { purpose: 'work', contact_phone: '19900000009' },
  })
}

export const walk_in_screen = { name: 'walk-in, confirmed on the second screen (#8, another region)', run: on_screen }
export const walk_in_code = { name: 'walk-in, confirmed by a code (#11)', run: by_code }
