// What a person sees of their own: loaded with those pages.
import { catch_up, register_words } from './index'
import { mineZh } from './mine.zh'

register_words(mineZh, async () => (await import('./mine.en')).mineEn)

export const mine_words_ready = catch_up()
