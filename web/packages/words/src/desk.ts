import { codesZh } from './codes.zh'
import { deskZh } from './desk.zh'
import { register_codes, register_words } from './index'
import { kitZh } from './kit.zh'

register_words(kitZh, async () => (await import('./kit.en')).kitEn)
register_words(deskZh, async () => (await import('./desk.en')).deskEn)
register_codes(codesZh, async () => (await import('./codes.en')).codesEn)

export * from './index'
