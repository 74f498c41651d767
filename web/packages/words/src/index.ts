// Every sentence of the web apps, Chinese and English. `t('portal.home.question')`; a missing English
// sentence does not compile.
// Lists are registered by the app that needs them (portal.ts, desk.ts), so that no app carries another's
// words.
import { ref, shallowReactive } from 'vue'
import type { codesZh } from './codes.zh'
import type { deskZh } from './desk.zh'
import type { deskWatchZh } from './desk-watch.zh'
import type { deskWindowZh } from './desk-window.zh'
import type { kitZh } from './kit.zh'
import type { legalZh } from './legal.zh'
import type { mineZh } from './mine.zh'
import type { portalZh } from './portal.zh'
import type { wizardZh } from './wizard.zh'

export type Language = 'zh' | 'en'
type DeskKey = keyof typeof deskZh | keyof typeof deskWindowZh | keyof typeof deskWatchZh
export type Key =
  | keyof typeof kitZh
  | keyof typeof portalZh
  | keyof typeof wizardZh
  | keyof typeof mineZh
  | DeskKey
  | keyof typeof legalZh
export type Params = Record<string, string | number>
type List = Record<string, string>
type EnglishOf = () => Promise<List>

const remembered_under = 'tongban.language'
const zh: List = shallowReactive<List>({})
const en: List = shallowReactive<List>({})
const codes: Record<Language, List> = { zh: shallowReactive<List>({}), en: shallowReactive<List>({}) }
const waiting: { load: EnglishOf; into: List }[] = []

export const language = ref<Language>('zh')

/** English is fetched when first wanted. */
export function register_words(chinese: List, english: EnglishOf): void {
  Object.assign(zh, chinese)
  waiting.push({ load: english, into: en })
}

export function register_codes(chinese: List, english: EnglishOf): void {
  Object.assign(codes.zh, chinese)
  waiting.push({ load: english, into: codes.en })
}

async function fetch_english(): Promise<void> {
  const lists = waiting.splice(0)
  const loaded = await Promise.all(lists.map(({ load }) => load()))
  // In the order they were registered, whichever came first: a later list may say it otherwise.
  lists.forEach(({ into }, at) => Object.assign(into, loaded[at]))
}

export async function choose_language(wanted: Language): Promise<void> {
  try {
    localStorage.setItem(remembered_under, wanted)
  } catch {
    // private windows may refuse storage: the choice then lasts as long as the page
  }
  if (wanted === 'en') await fetch_english()
  language.value = wanted
  if (typeof document !== 'undefined') document.documentElement.lang = wanted === 'zh' ? 'zh-CN' : 'en'
}

/** To be awaited before the app is mounted. */
export async function choose_remembered_language(): Promise<void> {
  let wanted: Language = 'zh'
  try {
    if (localStorage.getItem(remembered_under) === 'en') wanted = 'en'
  } catch {
    // as above
  }
  await choose_language(wanted)
}

/** Lists registered after English was chosen (pages loaded later) call this. */
export async function catch_up(): Promise<void> {
  if (language.value === 'en') await fetch_english()
}

/** `{n}` is replaced; `{n|case|cases}` chooses by whether n is 1. */
export function filled(text: string, params: Params = {}): string {
  return text
    .replace(/\{(\w+)\|([^|{}]*)\|([^|{}]*)\}/g, (_, name: string, one: string, many: string) =>
      Number(params[name]) === 1 ? one : many,
    )
    .replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

export function t(key: Key, params?: Params): string {
  const list = language.value === 'en' ? en : zh
  return filled(list[key] ?? zh[key] ?? key, params)
}

const text_at = (of: object, name: string): string | undefined => {
  const found = (of as Record<string, unknown>)[name]
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** A text of the pack: English stands beside the Chinese one, `name_en` beside `name`, where the pack has it. */
export function in_words(of: object, name: string): string {
  const english = language.value === 'en' ? text_at(of, `${name}_en`) : undefined
  return english ?? text_at(of, name) ?? ''
}

export type Code = keyof typeof codesZh

/** The sentence of a refusal or field code; of a code without one, what the server said. */
export function code_words(code: string, detail = '', params: Params = {}): string {
  const own = codes[language.value][code] ?? codes.zh[code]
  if (own !== undefined) {
    const sentence = filled(own, params)
    if (!/\{\w+\}/.test(sentence)) return sentence
  }
  if (detail !== '') return detail
  return codes[language.value]['unknown_refusal'] ?? codes.zh['unknown_refusal'] ?? code
}

export * from './dates'
export { is_chinese, keep_chinese_marked } from './marks'
