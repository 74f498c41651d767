// 延期: the reviewer asks for more time, the head does not agree, asked again the head approves; the person has it in writing.
import { act, confirm, open_case, preview } from './desk.mjs'

async function ask_for_time(stage, reviewer, { number, item }, { why, days }) {
  await open_case(reviewer, number, item)
  const dialog = await act(reviewer, /请示延期/)
  const lasting = dialog.getByLabel('延长多久')
  if (days) await lasting.selectOption(String(days))
  const asked = Number(await lasting.inputValue())
  await reviewer.type(dialog.getByLabel('为什么要延期'), why)
  await preview(reviewer, dialog)
  await stage.look_once(reviewer, 'desk-ask-extension')
  await confirm(reviewer, dialog, /送负责人批/)
  await reviewer.page.getByText(`请示延长${asked}个工作日`).first().waitFor()
  await stage.look_once(reviewer, 'desk-extension-asked')
}

async function from_the_queue(stage, head, { number, item }, why) {
  await head.go('/desk/q/to_extend')
  await head.page.getByRole('heading', { level: 1, name: '待批延期' }).waitFor()
  await head.page.getByText(item).first().waitFor()
  await stage.look_once(head, 'desk-queue-to-extend')
  await open_case(head, number, item)
  await head.page.getByText(why).first().waitFor()
  await stage.look_once(head, 'desk-case-head')
}

async function decline(stage, head, its, why, reason) {
  await from_the_queue(stage, head, its, why)
  const dialog = await act(head, /不同意延期/)
  await head.type(dialog.getByLabel('为什么不同意'), reason)
  await stage.look_once(head, 'desk-decline-extension')
  await confirm(head, dialog, /不同意/)
}

/** Returns the day until which it now lasts. */
async function approve(stage, head, its, why) {
  await from_the_queue(stage, head, its, why)
  const dialog = await act(head, /批准延期/)
  stage.expect((await dialog.getByLabel('为什么要延期').inputValue()) === why, 'what was asked stands there')
  await preview(head, dialog)
  await stage.look_once(head, 'desk-extend')
  const { extending } = await head.ask(`/api/cases/desk/cases/${its.number}`)
  await confirm(head, dialog, /批准，通知申请人/)
  return extending.choices[extending.last.days - 1].due.day
}

async function told(stage, me, number, why, due) {
  const mine = await me.ask(`/api/cases/mine/${number}`)
  stage.expect(mine.clock.due.day === due, `the person reads the new day: ${mine.clock.due.day}, not ${due}`)
  await me.until('the notice of extension', async () => {
    const { letters } = await me.ask(`/api/cases/mine/${number}`)
    return letters.some((letter) => letter.kind === 'extension' && letter.state === 'ready')
  })
  await me.go(`/cases/${number}`)
  await me.page.getByText(why).first().waitFor()
  await me.page.getByRole('link', { name: '延期通知书' }).first().waitFor()
  await stage.look_once(me, 'case-extended')
}

/** its: {number, item}; first and then: {why, days}; reason: why the head does not agree at first. */
export async function extension(stage, { me, reviewer, head }, its, { first, reason, then }) {
  await stage.step('ask for more time', () => ask_for_time(stage, reviewer, its, first))
  await stage.step('the head does not agree', () => decline(stage, head, its, first.why, reason))
  await stage.step('the reviewer reads why and asks again', async () => {
    await open_case(reviewer, its.number, its.item)
    await reviewer.page.getByText(`没有同意延期。理由：${reason}`).first().waitFor()
    await ask_for_time(stage, reviewer, its, then)
  })
  const due = await stage.step('the head extends', () => approve(stage, head, its, then.why))
  await stage.step('the person reads why and until when', () => told(stage, me, its.number, then.why, due))
}
