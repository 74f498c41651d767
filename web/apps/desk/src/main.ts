import { createApp, watch } from 'vue'
import '@tongban/kit/tokens.css'
import './element.ts'
import './theme.css'
import './desk.css'
import './tables.css'
import { transport } from '@tongban/api'
import { choose_remembered_language, keep_chinese_marked, language } from '@tongban/words/desk'
import DeskApp from './DeskApp.vue'
import { router } from './router'

await choose_remembered_language()
watch(language, (chosen) => transport.speak(chosen === 'en' ? 'en' : 'zh-CN'), {
  immediate: true,
  flush: 'sync',
})
keep_chinese_marked()
createApp(DeskApp).use(router).mount('#app')
