import { codesZh } from './codes.zh'
import { codesDeskZh } from './codes-desk.zh'
import { deskZh } from './desk.zh'
import { deskWatchZh } from './desk-watch.zh'
import { deskWindowZh } from './desk-window.zh'
import { register_codes, register_words } from './index'
import { kitZh } from './kit.zh'

register_words(kitZh, async () => (await import('./kit.en')).kitEn)
register_words(deskZh, async () => (await import('./desk.en')).deskEn)
register_words(deskWindowZh, async () => (await import('./desk-window.en')).deskWindowEn)
register_words(deskWatchZh, async () => (await import('./desk-watch.en')).deskWatchEn)
register_codes(codesZh, async () => (await import('./codes.en')).codesEn)
register_codes({}, async () => (await import('./refusals.en')).refusalsEn)
register_codes(codesDeskZh, async () => (await import('./codes-desk.en')).codesDeskEn)

export * from './index'
