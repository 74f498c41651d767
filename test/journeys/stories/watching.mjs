// A supervisor of 示例区 after all that: the board with its figures and lists, the sources with their calls.

async function figures(me) {
  const texts = await me.page.locator('.board-figures .board-figure').allInnerTexts()
  return texts.map((text) => Number(text.replace(/\D/g, '') || 0))
}

/** At the foot of the side bar, which a phone keeps behind its menu. */
async function change_language(me, name) {
  const button = me.page.getByRole('button', { name, exact: true })
  if (!(await button.isVisible())) await me.press(/菜单|Menu/)
  await me.click(button)
  await me.settle()
}

async function on_board(stage) {
  const me = await stage.staff('qu002')
  await stage.step('the board', async () => {
    await me.go('/desk/board')
    await me.page.locator('.board-figures').waitFor()
    const [received] = await figures(me)
    stage.expect(received >= 1, `cases received today: ${received}`)
    await me.look('board')
    await stage.look_printed_once(me, 'board-printed')
  })
  await stage.step('the board by item', async () => {
    await me.press('按事项')
    await me.page.getByText('亲属关系情况证明').first().waitFor()
    await me.look('board-items')
    stage.expect(/[1-9]\d*项/.test(await me.page.locator('.board-tables').innerText()), 'what people were spared is counted')
  })
  await stage.step('the board in English', async () => {
    await change_language(me, 'English')
    const said = await me.page.locator('main').innerText()
    stage.expect(/Example Subdistrict/.test(said) && !/街道/.test(said), `the server is asked for English: ${said.slice(0, 300)}`)
    await me.look('board-english')
    await change_language(me, '中文')
    await me.page.getByRole('button', { name: '按事项' }).waitFor()
  })
}

async function at_sources(stage) {
  const me = await stage.staff('qu002')
  await stage.step('the sources', async () => {
    await me.go('/desk/sources')
    const rows = me.page.locator('.source-table tbody tr')
    await rows.first().waitFor()
    stage.expect((await rows.count()) >= 15, 'every source is a row')
    await me.look('sources')
  })
  await stage.step('one source with its calls', async () => {
    await me.go('/desk/sources/hh')
    await me.page.getByRole('heading', { level: 1, name: /户籍/ }).waitFor()
    const { calls } = await me.ask('/api/exchange/sources/hh/calls')
    stage.expect((await me.page.locator('.call-rows tbody tr').count()) === calls.length, 'every call is a row')
    stage.note(`${stage.journey}: ${calls.length} calls of the household register`)
    await me.look('source-hh')
  })
  for (const page of ['catalogue', 'corrections']) {
    await stage.step(page, async () => {
      await me.go(`/desk/sources/${page}`)
      await me.page.getByRole('heading', { level: 1 }).first().waitFor()
      await me.look(`sources-${page}`)
    })
  }
}

export const board = { name: 'the board of a supervisor', run: on_board }
export const sources = { name: 'the sources of a supervisor', run: at_sources }
