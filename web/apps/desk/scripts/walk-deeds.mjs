// Papers brought to a window, a card handed over, a site check planned and recorded; a case full of data.
import { base, expect, first_case, look, open, page, sign_in, tell } from './eye.mjs'

const SIZES = [
  [1280, 720],
  [390, 844],
]
async function at_sizes(name) {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height })
    await look(`${name}-${width}`)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}
const open_first = async (queue) => {
  await page.goto(`${base}/desk/q/${queue}`)
  await first_case().click()
  await page.waitForURL(/\/c\//)
  await page.locator('.act-main').waitFor()
}

async function papers() {
  await open_first('to_receive')
  await look('papers-case')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('还有3处要改').waitFor()
  await look('papers-missing')
  await page.getByRole('button', { name: '都收到了' }).click()
  await page.keyboard.press('Control+Enter')
  await page.getByText('已收件，等受理').waitFor()
  await look('papers-done')
}

async function hand_over() {
  await open_first('to_serve')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await page.getByText('请写谁签收').first().waitFor()
  await look('serve-missing')
  await at_sizes('serve')
  await page.getByLabel('谁签收').fill('马超')
  await page.keyboard.press('Control+Enter')
  await page.getByText('已送达，办结').waitFor()
  await look('serve-done')
}

export async function deeds() {
  await tell('reset')
  const context = await open(1440, 900)
  await sign_in('S101')
  await page.waitForURL(/\/q\//)
  await papers()
  await hand_over()
  await context.close()
}

export async function inspector() {
  await tell('reset')
  const context = await open(1440, 900)
  await sign_in('S106')
  await page.waitForURL(/\/q\/to_review/)
  await look('inspector-queue')
  await first_case().click()
  await page.locator('.act-main').waitFor()
  await look('check-to-plan')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').waitFor()
  await page.locator('#deed-planned_on').fill('2026-10-16')
  await look('check-plan')
  await page.keyboard.press('Control+Enter')
  await page.getByText('已安排，申请人已收到告知书').waitFor()
  await look('check-planned')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText(/还有\d+处要改/).waitFor()
  await look('check-record-missing')
  await at_sizes('check-record')
  await page.getByText('苏敏').click()
  await page.locator('#deed-times input[type=time]').nth(0).fill('09:00')
  await page.locator('#deed-times input[type=time]').nth(1).fill('09:50')
  await page.getByRole('button', { name: '都符合' }).click()
  await look('check-record')
  await page.keyboard.press('Control+Enter')
  await page.getByText('已记入笔录').waitFor()
  await look('check-recorded')
  await at_sizes('check-recorded')
  await context.close()
}

export async function case_with_data() {
  await tell('reset')
  const context = await open(1440, 900)
  await sign_in('S102')
  await page.waitForURL(/\/q\//)
  const numbers = await page.evaluate(async () => {
    const queue = await (await globalThis.fetch('/api/cases/desk/queues/to_review')).json()
    const all = await Promise.all(
      queue.rows.map(async (row) => (await globalThis.fetch(`/api/cases/desk/cases/${row.case_no}`)).json()),
    )
    return all.filter((one) => one.data_sources).map((one) => one.case_no)
  })
  expect(numbers.length > 0, 'a case with data is there')
  await page.goto(`${base}/desk/c/${numbers[0]}`)
  await page.locator('.act-main').waitFor()
  await look('case-data')
  await at_sizes('case-data')
  await context.close()
  const english = await open(1440, 900, 'en')
  await sign_in('S102')
  await page.goto(`${base}/desk/c/${numbers[0]}`)
  await page.locator('.act-main').waitFor()
  await look('case-data-en')
  await english.close()
}
