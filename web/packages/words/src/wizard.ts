// What the steps of an application say: loaded with the wizard.
import { catch_up, register_words } from './index'
import { wizardZh } from './wizard.zh'

register_words(wizardZh, async () => (await import('./wizard.en')).wizardEn)

export const wizard_words_ready = catch_up()
