// The long texts: loaded with the pages that show them.
import { catch_up, register_words } from './index'
import { legalZh } from './legal.zh'

register_words(legalZh, async () => (await import('./legal.en')).legalEn)

export const legal_words_ready = catch_up()
