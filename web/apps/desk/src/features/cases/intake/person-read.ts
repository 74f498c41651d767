// What a reader, a scanner or a hand put into the one field at the top of an intake: an identity number, alone or
// with the name a card reader adds, or the code a resident shows.
import { read_id_number, read_phone } from '@tongban/forms'

export type PersonRead =
  | { kind: 'nothing' }
  | { kind: 'id_number'; number: string; name: string }
  | { kind: 'code'; code: string }
  | { kind: 'wrong'; code: string }

const HAN_NAME = /[\u3400-\u9fff\u{20000}-\u{323af}][\u3400-\u9fff\u{20000}-\u{323af}·]{1,29}/u
/** Its length tells a code from a number, also from a mistyped one. */
const CODE = /^\d{8}$/

export function read_person(typed: string, today: string): PersonRead {
  const text = typed.trim()
  if (text === '') return { kind: 'nothing' }
  const number = /(?<![0-9A-Za-z])(\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])/.exec(text)?.[1]
  if (number === undefined) {
    if (CODE.test(text.replace(/\s/g, ''))) return { kind: 'code', code: text.replace(/\s/g, '') }
    const read = read_id_number(text, today)
    return 'text' in read
      ? { kind: 'id_number', number: read.text, name: '' }
      : { kind: 'wrong', code: read.code }
  }
  const read = read_id_number(number, today)
  if ('code' in read) return { kind: 'wrong', code: read.code }
  return { kind: 'id_number', number: read.text, name: HAN_NAME.exec(text)?.[0] ?? '' }
}

/** A machine writes a whole card in a blink; no hand strikes a key every 35 ms, twelve times on end. */
const MACHINE_MS = 35
const LEAST_STROKES = 12

export function typed_by_machine(strokes: readonly number[]): boolean {
  const [first, last] = [strokes[0], strokes[strokes.length - 1]]
  if (first === undefined || last === undefined || strokes.length < LEAST_STROKES) return false
  return (last - first) / (strokes.length - 1) <= MACHINE_MS
}

export interface PersonTyped {
  name: string
  phone: string
}

export interface PersonFault {
  at: 'name' | 'phone'
  code: 'name_missing' | 'phone_wrong'
}

export function person_faults(person: PersonTyped): PersonFault[] {
  const faults: PersonFault[] = []
  if ([...person.name.trim()].length < 2) faults.push({ at: 'name', code: 'name_missing' })
  if ('code' in read_phone(person.phone)) faults.push({ at: 'phone', code: 'phone_wrong' })
  return faults
}

export interface ReadOfNumber {
  born: string
  sex: 'male' | 'female'
}

/** The number itself tells the day of birth and, by its seventeenth sign, the sex. */
export function told_by_number(number: string): ReadOfNumber {
  const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  return { born, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' }
}
