import { describe, expect, it } from 'vitest'
import { codesEn } from '../src/codes.en'
import { codesZh } from '../src/codes.zh'
import { codesDeskEn } from '../src/codes-desk.en'
import { codesDeskZh } from '../src/codes-desk.zh'
import { deskEn } from '../src/desk.en'
import { deskZh } from '../src/desk.zh'
import { deskWatchEn } from '../src/desk-watch.en'
import { deskWatchZh } from '../src/desk-watch.zh'
import { deskWindowEn } from '../src/desk-window.en'
import { deskWindowZh } from '../src/desk-window.zh'
import { kitEn } from '../src/kit.en'
import { kitZh } from '../src/kit.zh'
import { legalEn } from '../src/legal.en'
import { legalZh } from '../src/legal.zh'
import { mineEn } from '../src/mine.en'
import { mineZh } from '../src/mine.zh'
import { portalEn } from '../src/portal.en'
import { portalZh } from '../src/portal.zh'
import { wizardEn } from '../src/wizard.en'
import { wizardZh } from '../src/wizard.zh'

type List = Record<string, string>
const pairs: [string, List, List][] = [
  ['kit', kitZh, kitEn],
  ['portal', portalZh, portalEn],
  ['mine', mineZh, mineEn],
  ['wizard', wizardZh, wizardEn],
  ['desk', deskZh, deskEn],
  ['desk-window', deskWindowZh, deskWindowEn],
  ['desk-watch', deskWatchZh, deskWatchEn],
  ['codes', codesZh, codesEn],
  ['codes-desk', codesDeskZh, codesDeskEn],
  ['legal', legalZh, legalEn],
]
const holes = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort()

describe.each(pairs)('%s', (_name, zh, en) => {
  it('says the same things in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
  })
  it('fills the same holes in both languages', () => {
    const differing = Object.keys(zh).filter((key) => holes(zh[key]!).join() !== holes(en[key]!).join())
    expect(differing).toEqual([])
  })
  it('leaves nothing empty and shouts at nobody', () => {
    expect(Object.keys(zh).filter((key) => zh[key]!.trim() === '' || en[key]!.trim() === '')).toEqual([])
    expect(
      Object.keys(zh).filter((key) =>
        /！|请您务必|尊敬的|温馨提示|相关部门|系统异常|操作成功/.test(zh[key]!),
      ),
    ).toEqual([])
  })
})

it('gives no key to two lists', () => {
  const keys = pairs.filter(([name]) => name !== 'codes').flatMap(([, zh]) => Object.keys(zh))
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})
