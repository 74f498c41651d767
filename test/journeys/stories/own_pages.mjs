// What 李晓燕 sees of her own after A: who looked, what she agreed to, her code for the window; pages that are not there or
// cannot be opened now; the same site in large print and in English.
import { han } from '../browser.mjs'
import { enter, large_print } from '../portal.mjs'

const guide = '/item/992080005001'
const nowhere = { item: '/item/nothing', case: '/cases/990102202600000000000', draft: '/apply/nothing/notice' }
const busy = JSON.stringify({ status: 429, code: 'too_many_requests', title: '', detail: '' })

async function run(stage) {
  const me = await stage.person('li')
  await stage.step('who looked', async () => {
    await enter(me, '19900000002', '/access')
    await me.page.getByRole('heading', { level: 1, name: '谁看过我的信息' }).waitFor()
    const rows = me.page.locator('main .look')
    await rows.first().waitFor()
    const text = (await rows.allInnerTexts()).join('\n')
    stage.expect(/亲属关系情况证明/.test(text), `her proof is why they looked: ${text.slice(0, 300)}`)
    stage.expect((await rows.count()) >= 3, 'each register asked is a line')
    await me.look('looks')
    await stage.look_printed_once(me, 'looks-printed')
  })
  await stage.step('consents', async () => {
    await me.go('/consents')
    await me.page.locator('.consents li').first().waitFor()
    const text = await me.page.locator('.consents').innerText()
    stage.expect(/亲属关系情况证明/.test(text) && /用完了/.test(text), `her consent is used up: ${text.slice(0, 300)}`)
    await me.look('consents')
  })
  await stage.step('her code', async () => {
    await me.go('/my-code')
    const show = me.button('出示我的码')
    if (await show.count()) await me.click(show)
    await me.page.locator('.digits').waitFor()
    await me.look('my-code')
  })
  await stage.step('what is not there', () => not_there(me))
  await stage.step('what cannot be opened now', () => too_busy(me))
}

async function not_there(me) {
  for (const [name, path] of Object.entries(nowhere)) {
    await me.go(path)
    await me.page.getByRole('heading', { level: 1, name: '没有找到' }).waitFor()
    await me.page.getByRole('link', { name: '回到列表' }).waitFor()
    await me.look(`missing-${name}`)
  }
}

/** One page, then the whole site. */
async function too_busy(me) {
  for (const [asked, path, title] of [['catalog/items/*', guide, '现在打不开'], ['org/site', '/', '现在人太多，请稍等']]) {
    const address = `**/api/${asked}`
    await me.page.route(address, (one) => one.fulfill({ status: 429, contentType: 'application/problem+json', body: busy }))
    await me.go(path)
    await me.page.getByRole('heading', { level: 1, name: title }).waitFor()
    await me.look(`busy-${asked.replaceAll(/\W+/g, '-')}`)
    await me.page.unroute(address)
  }
}

async function larger(stage) {
  const me = await stage.person('li')
  await stage.step('large print', async () => {
    await me.go('/')
    const size = () => me.page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize))
    const before = await size()
    await large_print(me)
    await me.until('larger letters', async () => (await size()) > before)
    await me.look('elder-home')
    await me.go(guide)
    await me.look('elder-guide')
    await enter(me, '19900000002', '/cases')
    await me.page.locator('main h1').waitFor()
    await me.look('elder-cases')
    await me.go(`/cases/${(await me.ask('/api/cases/mine')).done[0].case_no}`)
    await me.look('elder-case')
  })
}

async function english(stage) {
  const me = await stage.person('li')
  await stage.step('English', async () => {
    await me.go('/')
    await me.click(me.page.getByRole('contentinfo').getByRole('button', { name: 'English' }))
    await me.page.getByRole('button', { name: '中文' }).first().waitFor()
    await me.page.getByRole('banner').getByText('Example City Government Services').waitFor()
    await me.look('english-home')
    await me.go(guide)
    await me.page.getByRole('heading', { level: 1, name: 'Proof of kinship' }).waitFor()
    await me.look('english-guide')
    await me.go('/login?back=%2Faccess')
    await me.look('english-login')
    await me.type(me.page.locator('main input').first(), '19900000002')
    await me.type(me.page.locator('main input[type=password]'), 'Tongban-2026')
    await me.click(me.page.locator('main').getByRole('button', { name: 'Sign in', exact: true }))
    await me.page.waitForURL((url) => url.pathname === '/access')
    await me.page.locator('main .look').first().waitFor()
    await me.look('english-looks')
    await me.go(`/cases/${(await me.ask('/api/cases/mine')).done[0].case_no}`)
    await me.look('english-case')
    const title = await me.page.locator('h1').innerText()
    stage.expect(!han.test(title), `the sentence is English: ${title}`)
  })
}

export const own_pages = { name: 'who looked, consents, my code', run }
export const in_large_print = { name: 'large print', run: larger }
export const in_english = { name: 'English', run: english }
