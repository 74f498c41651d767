import { describe, expect, it } from 'vitest'
import { codesEn } from '../src/codes.en'
import { deskEn } from '../src/desk.en'
import { refusalsEn } from '../src/refusals.en'

const sources = import.meta.glob<string>('../../../../src/{cases,files,identity,process,supervision}/*.cpp', {
  query: '?raw',
  import: 'default',
  eager: true,
})
/** What is said to those who set the site up, or is no refusal at all. */
const elsewhere = /(words|letters|inspect|import)\.cpp$/
const of_items = ['flow_has_no_such_step', 'flow_is_empty', 'flow_step_is_malformed']

function refusals(): string[] {
  return Object.entries(sources)
    .filter(([name]) => !elsewhere.test(name))
    .flatMap(([, text]) => [...text.matchAll(/"([a-z]+(?:_[a-z\d]+)+)",\s*"([^"]+)"/g)])
    .filter((match) => /\p{Script=Han}/u.test(match[2]!))
    .map((match) => match[1]!)
}

describe('what the server refuses in Chinese', () => {
  it('has an English sentence', () => {
    const codes = [...new Set(refusals())]
    expect(codes.length).toBeGreaterThan(50)
    const said: Record<string, string> = { ...codesEn, ...refusalsEn }
    const unsaid = codes.filter((code) => !(code in said) && !(`desk.code.${code}` in deskEn))
    expect(unsaid.filter((code) => !of_items.includes(code))).toEqual([])
  })
  it('has it without Chinese in it', () => {
    for (const [code, words] of Object.entries(refusalsEn)) expect(words, code).not.toMatch(/\p{Script=Han}/u)
  })
})
