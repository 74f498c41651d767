// A window's case: reading, revealing, correcting, refusing, accepting.
import { base, expect, first_case, look, open, page, sign_in, tell } from './eye.mjs'

async function reading() {
  await tell('reset')
  await open(1440, 900)
  await sign_in('S101')
  await page.goto(`${base}/desk/q/to_accept`)
  await first_case().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/c\//)
  await page.locator('.case-review').waitFor()
  await look('case')
  const no = page.url().split('/').pop()
  await page.keyboard.press('1')
  await page.keyboard.press('e')
  expect((await page.evaluate(() => document.activeElement.id)) === 'opinion', 'E goes to the opinion')
  await page.keyboard.type('ccc')
  expect((await page.locator('.act-dialog').count()) === 0, 'letters in the opinion open nothing')
  await page.keyboard.press('Alt+2')
  expect(
    (await page.locator('#opinion').inputValue()).includes('关系与户口簿一致'),
    'Alt 2 inserts the second phrase',
  )
  await page.keyboard.press('l')
  await page.locator('h1').click()
  return no
}

async function revealing() {
  await page.getByRole('button', { name: '看全部' }).click()
  await page.locator('#reveal-reason').waitFor()
  await look('reveal')
  await page.keyboard.press('Control+Enter')
  await page.getByText('请写明理由').waitFor()
  await page.getByRole('button', { name: '核对身份' }).click()
  await look('reveal-missing-mended')
  await page.getByRole('button', { name: '记录并查看' }).click()
  await page.getByText('990101199003070044').waitFor()
  await look('revealed')
  await page.getByRole('button', { name: '出生医学证明', exact: true }).click()
  await page.waitForTimeout(1200)
  await look('case-pdf')
  await page.getByRole('button', { name: '亲属关系承诺书', exact: true }).click()
  await look('case-promise')
}

async function correcting(no) {
  await page.getByRole('button', { name: '“户口簿”要补正' }).click()
  await page.getByRole('button', { name: '“对方姓名”要补正' }).click()
  await page.keyboard.press('c')
  await page.locator('.act-dialog').waitFor()
  await look('correct')
  await page.keyboard.press('Control+Enter')
  await page.getByText('还有4处要改').waitFor()
  await look('correct-missing')
  await page.getByRole('button', { name: '照片看不清' }).first().click()
  await page.getByRole('button', { name: '重新拍清楚，四个角都要拍到，再上传' }).first().click()
  await page.getByRole('button', { name: '与证件不一致' }).click()
  await page.getByRole('button', { name: '按证件改正姓名' }).click()
  await page.waitForTimeout(2500)
  await look('correct-filled')
  await tell(`touch/${no}`)
  await page.keyboard.press('Control+Enter')
  await page.getByText('没有生效').waitFor()
  await look('correct-meanwhile')
  await page.getByRole('button', { name: '看看变了什么' }).click()
  await page.getByText('补录了窗口收到的纸质户口簿').first().waitFor()
  expect((await page.locator('.gap-one').count()) === 2, 'typed gaps are kept')
  await look('correct-meanwhile-shown')
  await page.keyboard.press('Control+Enter')
  await page.getByText('已发出补正告知').waitFor()
  await look('case-corrected')
}

async function comparing(no) {
  await page.keyboard.press('j')
  await page.waitForURL((url) => !url.pathname.endsWith(no))
  await page.locator('.case-review').waitFor()
  for (
    let tries = 0;
    tries < 8 && (await page.getByRole('button', { name: '与第1版比' }).count()) === 0;
    tries++
  ) {
    const was = page.url()
    await page.keyboard.press('j')
    await page.waitForURL((url) => url.href !== was)
    await page.locator('.case-review').waitFor()
  }
  await page.getByRole('button', { name: '与第1版比' }).click()
  await page.waitForTimeout(400)
  await look('case-compare')
  await page.keyboard.press('h')
  await look('case-history')
  await page.keyboard.press('w')
  await page.waitForTimeout(1200)
  await look('case-letters')
}

async function refusing() {
  await page.getByRole('tab', { name: /审查/ }).click()
  await page.keyboard.press('r')
  await page.locator('.act-dialog').waitFor()
  await page.keyboard.press('Control+Enter')
  await look('refuse-missing')
  await page.locator('#act-reason').fill('对方户籍不在本街道，不归本单位出具。')
  await page.getByText('示例市证明事项清单（2026年版）第5项').click()
  await page.locator('#act-right-body').selectOption('示例市公安局示例分局')
  await page.waitForTimeout(2500)
  await look('refuse-filled')
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  expect((await page.locator('.act-dialog').count()) === 0, 'Esc leaves the dialog')
}

async function accepting_after_the_session_ended() {
  await page.locator('h1').click()
  await page.keyboard.press('Control+Enter')
  await page.locator('.act-dialog').waitFor()
  await page.waitForTimeout(1500)
  await look('accept')
  await tell('end')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/login/)
  await look('session-ended')
  await page.locator('#number').fill('S101')
  await page.locator('#password').fill('demo-desk')
  await page.locator('#password').press('Enter')
  await page.waitForURL(/\/c\//)
  await page.locator('.case-review').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.locator('.act-dialog').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('已受理，申请人已收到通知').waitFor()
  await look('case-accepted')
  await page.goto(`${base}/desk/c/99999`)
  await page.getByText('没有查到这件').waitFor()
  await look('case-unknown')
}

export async function window_case() {
  const no = await reading()
  await revealing()
  await correcting(no)
  await comparing(no)
  await refusing()
  await accepting_after_the_session_ended()
}
