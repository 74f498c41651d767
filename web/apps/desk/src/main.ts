import { createApp } from 'vue'
import '@tongban/kit/tokens.css'
import './element.ts'
import './theme.css'
import './desk.css'
import './tables.css'
import { choose_remembered_language } from '@tongban/words/desk'
import DeskApp from './DeskApp.vue'
import { router } from './router'

await choose_remembered_language()
createApp(DeskApp).use(router).mount('#app')
