// What 李晓燕 sees of her own after A: who looked, what she agreed to, her code for the window.
import { enter } from '../portal.mjs'

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
}

export const own_pages = { name: 'who looked, consents, my code', run }
