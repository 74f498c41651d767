// A reviewer's day, narrow windows, and the English desk.
import { join } from 'node:path'
import { base, first_case, look, open, page, pictures, sign_in, tell } from './eye.mjs'

export async function reviewer() {
  await tell('reset')
  await open(1440, 900)
  await sign_in('S102')
  await first_case().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.case-review').waitFor()
  await look('case-review')
  await page.keyboard.press('r')
  await page.locator('.act-dialog').waitFor()
  await page.waitForTimeout(300)
  await page.keyboard.press('Control+Enter')
  await look('deny-missing')
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  await page.locator('h1').click()
  await page.keyboard.press('1')
  await page.keyboard.press('Control+Enter')
  await page.locator('.act-dialog').waitFor()
  await page.waitForTimeout(1500)
  await look('approve')
  await page.keyboard.press('Control+Enter')
  await page.getByText('正在制证').first().waitFor()
  await look('case-making')
  await page.locator('.case-licence').waitFor({ timeout: 15000 })
  await look('case-issued')
  await page.getByRole('link', { name: '99010200120260005417' }).click()
  await page.getByRole('button', { name: '撤销这份证照' }).click()
  await page.locator('#revoke-kind').waitFor()
  await page.keyboard.press('Control+Enter')
  await look('revoke-missing')
  await page.getByText('签发有误').click()
  await page.locator('#revoke-reason').fill('姓名有误')
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await page.getByText('已撤销。现在去验证').waitFor()
  await look('licence-revoked')
  await page.locator('#licence-number').fill('0000')
  await page.keyboard.press('Enter')
  await page.getByText('没有查到这份证照').waitFor()
  await look('licence-unknown')
  await page.getByRole('link', { name: '办事指南' }).click()
  await page.getByText('1个事项').waitFor()
  await look('guides')
  await page.getByRole('link', { name: '亲属关系情况证明' }).click()
  await page.locator('.guide-page').waitFor()
  await look('guide')
  await page.goto(`${base}/desk/nowhere`)
  await page.locator('h1').waitFor()
  await look('unknown')
}

export async function widths() {
  for (const [name, width, height] of [
    ['1280', 1280, 720],
    ['1024', 1024, 768],
    ['zoom200', 720, 450],
    ['390', 390, 844],
    ['320', 320, 640],
  ]) {
    await tell('reset')
    await open(width, height)
    await sign_in('S101')
    await page.goto(`${base}/desk/q/to_accept`)
    await first_case().waitFor()
    await look(`queue-${name}`)
    if (width < 1024) {
      await page.locator('.desk-menu').click()
      await look(`menu-${name}`)
      await page.locator('.desk-menu').click()
    }
    await first_case().click()
    await page.locator('.case-review').waitFor()
    await look(`case-${name}`)
    await page.screenshot({ path: join(pictures, `case-${name}-whole.png`), fullPage: true })
    await page.getByRole('button', { name: /一次性告知补正/ }).click()
    await page.locator('.act-dialog').waitFor()
    await page.getByRole('group', { name: '材料' }).getByRole('button').first().click()
    await look(`correct-${name}`)
  }
}

export async function english() {
  await tell('reset')
  await open(1440, 900, 'en')
  await sign_in('S101')
  await page.goto(`${base}/desk/q/to_accept`)
  await first_case().waitFor()
  await look('en-queue')
  await page.keyboard.press('Enter')
  await page.locator('.case-review').waitFor()
  await look('en-case')
  await page.keyboard.press('c')
  await page.locator('.act-dialog').waitFor()
  await look('en-correct')
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  await page.locator('h1').click()
  await page.keyboard.press('?')
  await look('en-keys')
}
