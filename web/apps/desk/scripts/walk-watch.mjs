// The supervisor's board and lists, the sources; each at the widths that matter, and on paper.
import { expect, look, open, page, sign_in, base, tell } from './eye.mjs'

const SIZES = [
  [1440, 900],
  [1280, 720],
  [390, 844],
]

async function page_at(place, name) {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height })
    await page.goto(`${base}/desk${place}`)
    await page.locator('main h1').waitFor()
    await page.waitForTimeout(300)
    await look(`${name}-${width}`)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

export async function supervisor() {
  await tell('reset')
  const context = await open(1440, 900)
  await sign_in('S104')
  await page.waitForURL(/\/board$/) // a supervisor starts there
  await page_at('/board', 'board')
  const below = await page.evaluate(
    () =>
      document.querySelector('.desk-content').scrollHeight -
      document.querySelector('.desk-content').clientHeight,
  )
  expect(below <= 0, `board: ${below} px below the fold at 1440×900`)
  await page.getByRole('button', { name: '按事项' }).click()
  await page.getByRole('button', { name: '看表格' }).click()
  await look('board-items-table')
  await page.keyboard.press('k')
  await page.waitForURL(/day=2026-10-14/)
  await page_at('/board/late', 'watched-late')
  await page_at('/board/stuck', 'watched-stuck')
  await page.goto(`${base}/desk/board`)
  await page.locator('.figure-table a').first().click()
  await page.waitForURL(/board\/late\?body=/)
  await page.keyboard.press('Escape')
  await page.waitForURL(/board$/)
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 794, height: 1123 })
  await look('board-print')
  await context.close()
}

export async function sources() {
  await tell('reset')
  const context = await open(1440, 900)
  await sign_in('S105')
  await page.waitForURL(/\/sources$/)
  await page_at('/sources', 'sources')
  await page_at('/sources/hh', 'source')
  await page_at('/sources/catalogue', 'resources')
  await page.locator('details summary').first().click()
  await look('resource-open')
  await page_at('/sources/corrections', 'corrections')
  await context.close()
  const english = await open(1280, 720, 'en')
  await sign_in('S105')
  await look('sources-en')
  await english.close()
}
