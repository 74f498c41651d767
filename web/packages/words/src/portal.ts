import { codesZh } from './codes.zh'
import { register_codes, register_words } from './index'
import { kitZh } from './kit.zh'
import { portalZh } from './portal.zh'

register_words(kitZh, async () => (await import('./kit.en')).kitEn)
register_words(portalZh, async () => (await import('./portal.en')).portalEn)
register_codes(codesZh, async () => (await import('./codes.en')).codesEn)
register_codes({}, async () => (await import('./refusals.en')).refusalsEn)

export * from './index'
