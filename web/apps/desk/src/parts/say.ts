import { code_words, day_text, moment_text, t } from '@tongban/words/desk'
import type { Key } from '@tongban/words/desk'
import type { Problem } from '@tongban/api'

/** A refusal in words for staff where they differ from those for citizens. */
export function say_problem(problem: Problem): string {
  const own = `desk.code.${problem.code}`
  const said = t(own as Key)
  return said !== own ? said : code_words(problem.code, problem.detail)
}

export function say_day(day: string, today: string): string {
  return day_text(day, { today })
}

export function say_moment(at: string, today: string): string {
  return moment_text(at, today)
}
