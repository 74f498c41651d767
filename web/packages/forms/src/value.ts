// The values conditions compute with, and how JSON carries them.
import { Decimal } from './decimal'

export class Day {
  private constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
    readonly text: string,
  ) {}

  /** 2026-10-15; years of 4 to 9 digits, `-` before them. */
  static read(text: string): Day | undefined {
    const parts = /^(-?)(\d{4,9})-(\d\d)-(\d\d)$/.exec(text)
    if (!parts) return undefined
    const [, before, years = '', months = '', days = ''] = parts
    const year = Number(years) * (before ? -1 : 1)
    const month = Number(months)
    const day = Number(days)
    const wrong = (years.length > 4 && years.startsWith('0')) || month < 1 || month > 12 || day < 1
    return wrong || day > days_in(year, month) ? undefined : new Day(year, month, day, text)
  }

  compare(other: Day): number {
    return this.year - other.year || this.month - other.month || this.day - other.day
  }
}

function days_in(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

export type Context = Map<string, Value>
export type Value = null | boolean | string | Decimal | Day | Value[] | Context
export type Type = 'null' | 'boolean' | 'string' | 'number' | 'date' | 'list' | 'context'

export function type_of(value: Value): Type {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'string') return 'string'
  if (value instanceof Decimal) return 'number'
  if (value instanceof Day) return 'date'
  return Array.isArray(value) ? 'list' : 'context'
}

/** `{"$number":"0.1"}` and `{"$date":"2026-10-15"}` stand for what JSON lacks. Undefined: no exact value. */
export function from_json(json: unknown): Value | undefined {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json
  if (typeof json === 'number') return Number.isSafeInteger(json) ? Decimal.of(json) : undefined
  if (typeof json !== 'object') return undefined
  if (Array.isArray(json)) {
    const items = json.map(from_json)
    return items.includes(undefined) ? undefined : (items as Value[])
  }
  const entries = Object.entries(json)
  const [first] = entries
  if (first && entries.length === 1 && first[0].startsWith('$')) {
    if (typeof first[1] !== 'string') return undefined
    if (first[0] === '$number') return Decimal.read(first[1])
    return first[0] === '$date' ? Day.read(first[1]) : undefined
  }
  const out: Context = new Map()
  for (const [name, inner] of entries) {
    const value = from_json(inner)
    if (value === undefined) return undefined
    out.set(name, value)
  }
  return out
}

export function to_json(value: Value): unknown {
  if (value instanceof Decimal) {
    const number = Number(value.text())
    return value.exponent >= 0 && Number.isSafeInteger(number) ? number : { $number: value.text() }
  }
  if (value instanceof Day) return { $date: value.text }
  if (Array.isArray(value)) return value.map(to_json)
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, held]) => [name, to_json(held)]))
  return value
}

/** Puts `applicant.name` into the context `applicant`. */
export function put_path(context: Context, path: string, value: Value): void {
  const [first = '', ...rest] = path.split('.')
  if (rest.length === 0) {
    context.set(first, value)
    return
  }
  const known = context.get(first)
  const inner: Context = known instanceof Map ? known : new Map()
  context.set(first, inner)
  put_path(inner, rest.join('.'), value)
}

/** By code point, as UTF-8 sorts; JavaScript's own order differs beyond U+FFFF. */
export function compare_text(a: string, b: string): number {
  const rank = (unit: number): number =>
    unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i += 1) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

export const code_points = (text: string): number => [...text].length
