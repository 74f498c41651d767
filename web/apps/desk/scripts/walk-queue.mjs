// Signing in, and the queue of a window.
import { base, expect, fault, look, open, page, sign_in, tell } from './eye.mjs'

export async function signing_in() {
  await tell('reset')
  await open(1440, 900)
  await page.goto(`${base}/desk/`)
  await page.waitForURL(/login\?back=/)
  await look('sign-in')
  await page.keyboard.press('Tab')
  await page.locator('button[type=submit]').click()
  expect(
    (await page.evaluate(() => document.activeElement.id)) === 'number',
    'an empty number takes the focus',
  )
  await look('sign-in-missing')
  for (let at = 0; at < 5; at++) {
    await page.locator('#number').fill('S101')
    await page.locator('#password').fill('wrong')
    await page.locator('button[type=submit]').click()
    await page.locator('.sign-in-wrong').waitFor()
    if (at === 0) await look('sign-in-wrong')
    await page.waitForTimeout(100)
  }
  expect(
    /今天10:3[89]/.test(await page.locator('.sign-in-wrong').innerText()),
    'the lock-out tells the time it ends',
  )
  await look('sign-in-locked')
  await tell('reset')
  await sign_in('S103')
  await page.waitForURL(/posts/)
  await look('posts')
  await page.getByRole('button', { name: /民政审核岗/ }).click()
  await page.waitForURL(/to_review/)
  await page.locator('.queue-table tbody tr').first().waitFor()
  expect(await page.getByText('上次登录').isVisible(), 'the last sign-in is told')
  await look('queue-reviewer')
}

async function rows_and_keys() {
  await tell('reset')
  await open(1440, 900)
  await sign_in('S101')
  await page.waitForURL(/to_receive/) // the first queue of a window
  await page.goto(`${base}/desk/q/to_accept`)
  await page.locator('.queue-table tbody tr').first().waitFor()
  await page.locator('.queue-preview-acts').waitFor()
  await look('queue')
  const heights = await page
    .locator('.queue-table tbody tr')
    .evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().height)))
  expect(
    heights.every((height) => height === 39 || height === 40),
    `rows are 39 px: ${[...new Set(heights)]}`,
  )
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const third = await page.locator('.queue-table tbody tr').nth(2).locator('a').getAttribute('data-case')
  expect((await page.evaluate(() => document.activeElement.dataset.case)) === third, 'J moves the focus down')
  await look('queue-moved')
}

async function help_and_search() {
  await page.keyboard.press('?')
  await page.locator('.key-help').waitFor()
  await look('keys')
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  await page.keyboard.press('/')
  expect((await page.evaluate(() => document.activeElement.type)) === 'search', '/ goes to the search')
  await page.keyboard.type('jv')
  expect(await page.locator('.queue-preview').isVisible(), 'letters in a field do nothing else')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('没有这个人')
  await page.keyboard.press('Enter')
  await page.getByText('没有查到').waitFor()
  await look('find-none')
  await page.locator('input[type=search]').fill('周小兰')
  await page.keyboard.press('Enter')
  await page.getByText(/查到\d件/).waitFor()
  await look('find')
  await page.goBack()
  await page.goBack()
  await page.locator('.queue-filters button').nth(1).click()
  await page.waitForURL(/item=/)
  await look('queue-filtered')
}

async function arrivals() {
  await page.goto(`${base}/desk/q/to_accept`)
  await page.locator('.queue-table').waitFor()
  const before = await page.locator('.queue-table tbody th').allInnerTexts()
  await tell('arrive/3')
  await page.evaluate(() => document.dispatchEvent(new globalThis.Event('visibilitychange')))
  await page
    .getByText('3件新到')
    .waitFor({ timeout: 5000 })
    .catch(() => fault('arrivals are told'))
  expect(
    JSON.stringify(before) === JSON.stringify(await page.locator('.queue-table tbody th').allInnerTexts()),
    'rows do not jump',
  )
  await look('queue-news')
  await page.locator('h1').click()
  await page.keyboard.press('r')
  await page
    .getByText('29件，按到期日')
    .waitFor({ timeout: 5000 })
    .catch(() => fault('R takes the new rows in'))
  await page.getByRole('button', { name: '看更多' }).click()
  await page.getByText('已显示').waitFor({ state: 'detached' })
  expect((await page.locator('.queue-table tbody tr').count()) === 29, 'the next page is joined on')
}

async function nothing_and_failure() {
  await tell('empty')
  await page.keyboard.press('r')
  await page.getByText('这个队列空了').waitFor()
  await look('queue-empty')
  await tell('fail/server_failed')
  await page.reload()
  await page.getByText('服务器出错了').first().waitFor({ timeout: 15000 })
  await look('queue-failed')
  await tell('fail/')
}

export async function window_queue() {
  await rows_and_keys()
  await help_and_search()
  await arrivals()
  await nothing_and_failure()
}
