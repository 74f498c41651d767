// The national identifiers, checked as src/base/identifiers.cpp does, with the same refusals.
import { Day } from './value'

export type Read = { text: string } | { code: string }

/** As people type: full-width forms become ASCII, white space goes, letters become upper case. */
function as_typed(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[ \u3000\u00a0\t-\r]/g, '')
    .replace(/[a-z]/g, (c) => c.toUpperCase())
}

const id_weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643-1999. `today` refuses those not yet born. */
export function read_id_number(typed: string, today: string): Read {
  let number = as_typed(typed)
  if (number.length !== 18 && number.length !== 15) return { code: 'id_number_has_wrong_length' }
  if (!/^(?:\d{15}|\d{17}[\dX])$/.test(number)) return { code: 'id_number_has_wrong_character' }
  const check = (first17: string): string =>
    '10X98765432'[id_weights.reduce((sum, weight, i) => sum + weight * Number(first17[i]), 0) % 11] ?? ''
  if (number.length === 15) {
    number = `${number.slice(0, 6)}19${number.slice(6)}`
    number += check(number)
  }
  const birth = Day.read(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`)
  const now = Day.read(today)
  if (!birth || (now && birth.compare(now) > 0)) return { code: 'id_number_has_no_such_date' }
  return check(number) === number[17] ? { text: number } : { code: 'id_number_check_is_wrong' }
}

const credit_alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const base36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** GB 32100-2015 with the inner check of GB 11714. */
export function read_credit_code(typed: string): Read {
  const code = as_typed(typed)
  if (code.length !== 18) return { code: 'credit_code_has_wrong_length' }
  if ([...code].some((c) => !credit_alphabet.includes(c)) || !/^\d{6}$/.test(code.slice(2, 8)))
    return { code: 'credit_code_has_wrong_character' }
  let sum = 0
  let weight = 1
  for (const c of code.slice(0, 17)) {
    sum += credit_alphabet.indexOf(c) * weight
    weight = (weight * 3) % 31
  }
  const inner = [3, 7, 9, 10, 5, 8, 4, 2].reduce(
    (total, by, i) => total + by * base36.indexOf(code[8 + i] ?? ''),
    0,
  )
  const inner_check = '0X987654321'[inner % 11]
  const right = credit_alphabet[(31 - (sum % 31)) % 31] === code[17] && inner_check === code[16]
  return right ? { text: code } : { code: 'credit_code_check_is_wrong' }
}

export function read_phone(typed: string): Read {
  const number = as_typed(typed).replaceAll('-', '').replace(/^\+86/, '')
  return /^1[3-9]\d{9}$/.test(number) ? { text: number } : { code: 'phone_is_not_a_mobile_number' }
}
