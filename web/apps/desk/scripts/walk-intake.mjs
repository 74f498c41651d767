// A window takes in one application after another, by keys alone; the strokes are counted.
import { base, expect, look, open, page, sign_in, tell } from './eye.mjs'

const SIZES = [
  [1280, 720],
  [390, 844],
]
const strokes = () => page.evaluate(() => globalThis.strokes ?? 0)
const count_from_here = () =>
  page.evaluate(() => {
    if (globalThis.strokes === undefined)
      globalThis.addEventListener('keydown', (event) => event.isTrusted && globalThis.strokes++, true)
    globalThis.strokes = 0
  })

/** A reader writes a card as keys, faster than any hand; its strokes are not the clerk's. */
async function read_card(text) {
  const before = await strokes()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  await page.evaluate((n) => (globalThis.strokes = n), before)
}

async function at_sizes(name) {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height })
    await look(`${name}-${width}`)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

/** The wizard's way at the counter, from the queue to the next person. Returns how many keys it took. */
async function take_in(pictures) {
  await page.keyboard.press('n')
  await page.waitForURL(/\/intake$/)
  await page.locator('#intake-scan:focus').waitFor()
  if (pictures) {
    await look('intake-empty')
    await page.keyboard.press('Control+Enter')
    await page.getByText('请读身份证、扫亮码').waitFor()
    await look('intake-empty-wrong')
    await page.reload()
    await page.locator('#intake-scan:focus').waitFor()
    await count_from_here()
  }
  await read_card('阿依古丽·买买提,女,维吾尔,990102199011020460')
  await page.locator('#intake-phone:focus').waitFor()
  await page.keyboard.type('19900000004')
  await page.keyboard.press('Enter')
  await page.keyboard.type('qs')
  await page.locator('#intake-item-list li').first().waitFor()
  if (pictures) await look('intake-item')
  await page.keyboard.press('Enter')
  await page.locator('#intake-open:focus').waitFor()
  if (pictures) {
    await look('intake-person')
    await at_sizes('intake-person')
  }
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/intake\/D\d+$/)
  await page.getByText('请本人在副屏上看和同意').waitFor()
  if (pictures) await look('intake-consent')
  await page.keyboard.press('Control+Enter')
  await page.getByText('请本人扫码在手机上看').waitFor()
  if (pictures) await look('intake-consent-waiting')
  await page.getByText('查到2项').waitFor()
  await page.waitForTimeout(900)
  if (pictures) {
    await look('intake-form')
    await at_sizes('intake-form')
  }
  await page.locator('#f-since-year:focus, [data-block=form-person] input:focus').first().waitFor()
  for (const part of ['2026', '2', '1']) {
    await page.keyboard.type(part)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('1')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('1')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('1')
  await page.keyboard.press('Control+Enter')
  await page.getByText('等本人确认').waitFor()
  if (pictures) await look('intake-confirm')
  await page.getByText('本人已确认').waitFor()
  if (pictures) await look('intake-confirmed')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/\/intake\/done\//)
  if (pictures) {
    await page.waitForTimeout(1500)
    await look('intake-done')
    await at_sizes('intake-done')
  }
  return strokes()
}

export async function intake() {
  await tell('reset')
  const context = await open(1440, 900)
  await sign_in('S101')
  await page.waitForURL(/\/q\//)
  await count_from_here()
  await take_in(true)
  await count_from_here()
  const keys = await take_in(false)
  console.log(`  ${keys} keys from the next person to the receipt`)
  expect(keys <= 45, `an intake takes ${keys} keys`)
  await page.keyboard.press('n')
  await page.locator('#intake-scan').fill('99010219940615004')
  await page.keyboard.press('Enter')
  await page.getByText('身份证号应为18位').first().waitFor()
  await look('intake-number-wrong')
  await page.goto(`${base}/desk/second-screen`)
  await look('second-screen')
  await context.close()
  const english = await open(1440, 900, 'en')
  await sign_in('S101')
  await page.goto(`${base}/desk/intake`)
  await look('intake-en')
  await english.close()
}
