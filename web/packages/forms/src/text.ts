// Text made clean, as src/forms/values.cpp does.
import { code_points } from './value'

export interface Wrong {
  code: string
  facts?: Record<string, string>
  /** words of the form itself, in place of the code's */
  message?: string
  message_en?: string
}
export type Taken = { value: unknown } | { wrong: Wrong }
export const wrong = (code: string, facts?: Record<string, string>): Taken => ({
  wrong: facts ? { code, facts } : { code },
})

const invisible = /[\u200b\u2060\ufeff\u00ad]/gu
const turning = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u{e0000}-\u{e007f}]/u
const broken = /[\ufdd0-\ufdef\ufff9-\ufffd]|\p{Surrogate}/u
const is_noncharacter = (text: string): boolean =>
  [...text].some((c) => ((c.codePointAt(0) ?? 0) & 0xfffe) === 0xfffe)
const outer = /^[ \n\u00a0\u3000]+|[ \n\u00a0\u3000]+$/gu

/** Nothing filled in gives null. */
export function clean_text(text: string, lines: 'one' | 'many', most: number): Taken {
  const too_long = wrong('text_is_too_long', { max: String(most) })
  if (text.length > 4 * most + 1000) return too_long
  if (text.includes('\u0000')) return wrong('text_has_control_characters')
  if (/\p{Surrogate}/u.test(text)) return wrong('text_has_broken_characters')
  const kept = text
    .replace(invisible, '')
    .replace(/\r\n|[\r\n\u2028\u2029]/g, lines === 'many' ? '\n' : ' ')
    .replaceAll('\t', ' ')
  for (const c of kept) {
    if (control.test(c)) return wrong('text_has_control_characters')
    if (turning.test(c)) return wrong('text_has_direction_marks')
    if (broken.test(c) || is_noncharacter(c)) return wrong('text_has_broken_characters')
  }
  const clean = kept.replace(outer, '')
  if (clean === '') return { value: null }
  return code_points(clean) > most ? too_long : { value: clean }
}

/** Digits and signs of a Chinese keyboard as ASCII, without white space. */
export function half_width(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[ \u3000\u00a0]/g, '')
}
