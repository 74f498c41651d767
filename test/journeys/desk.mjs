// What staff do at the desk: open a case, act in its dialog with the letter in view, keep licences.

export async function open_case(me, number, item) {
  await me.go(`/desk/c/${number}`)
  await me.page.getByRole('heading', { level: 1, name: item }).waitFor()
}

/** Opens the dialog of an act; the button on the page names it. */
export async function act(me, name) {
  await me.click(me.page.locator('.case-acts, aside, main').getByRole('button', { name }).first())
  const dialog = me.page.locator('.act-dialog')
  await dialog.waitFor()
  return dialog
}

/** The letter as it will look, really rendered by the server. */
export async function preview(me, dialog) {
  await dialog.locator('iframe, object, embed').first().waitFor({ state: 'attached' })
}

export async function confirm(me, dialog, name) {
  await me.click(dialog.getByRole('button', { name }).last())
  const wrong = dialog.locator('.act-dialog-wrong')
  await me.until('the end of the dialog', async () => {
    if (await wrong.count()) throw new Error(`the act is refused: ${(await wrong.allInnerTexts()).join(' / ')}`)
    return !(await dialog.isVisible())
  })
}

export async function accept(stage, me, number, item) {
  await open_case(me, number, item)
  await stage.look_once(me, `desk-case-window-${item}`)
  const dialog = await act(me, /^受理/)
  await preview(me, dialog)
  await stage.look_once(me, 'desk-accept')
  await confirm(me, dialog, /^受理/)
}

export async function decide(stage, me, number, item, opinion) {
  await open_case(me, number, item)
  await stage.look_once(me, `desk-case-review-${item}`)
  await me.type(me.page.locator('#opinion'), opinion)
  const dialog = await act(me, /^准予/)
  await preview(me, dialog)
  await stage.look_once(me, 'desk-decide')
  await confirm(me, dialog, /^准予/)
}

export async function ask_correction(stage, me, number, item, paper) {
  await open_case(me, number, item)
  await stage.look_once(me, `desk-case-window-${item}`)
  await me.click(me.page.getByRole('button', { name: `“${paper}”要补正` }))
  const dialog = await act(me, /一次性告知补正/)
  await me.type(dialog.getByLabel('哪里不对').first(), '户主页没有拍全，看不清户号')
  await me.type(dialog.getByLabel('怎么补').first(), '请补拍户主页和本人页，四角要拍全')
  await preview(me, dialog)
  await me.look('desk-correction')
  await confirm(me, dialog, /一次性告知|补正/)
}

export async function revoke(me, licence) {
  await me.go('/desk/licences')
  await me.type(me.page.locator('#licence-number'), licence.card.number)
  await me.page.keyboard.press('Enter')
  await me.page.getByRole('button', { name: '撤销这份证照' }).waitFor()
  await me.look('desk-licence')
  await me.press('撤销这份证照')
  await me.page.locator('#revoke-kind').waitFor()
  await me.click(me.page.getByText('承诺不实'))
  await me.type(me.page.locator('#revoke-reason'), '经核查，两人不是所填的关系。')
  await me.type(me.page.locator('#revoke-basis'), '《国务院关于在线政务服务的若干规定》第十二条')
  await me.look('desk-revoke')
  await me.press('撤销')
  await me.page.getByText('已撤销').first().waitFor()
}
