import '@tongban/kit/portal.css'
import './frame/frame.css'
import { as_problem, transport } from '@tongban/api'
import { choose_remembered_elder, load_me, load_site, when_session_ends } from '@tongban/kit'
import { choose_remembered_language, keep_chinese_marked, language } from '@tongban/words/portal'
import { createApp, watch } from 'vue'
import App from './frame/App.vue'
import { page_problem, site_down } from './frame/state'
import { router } from './router'

choose_remembered_elder()
await choose_remembered_language()
watch(language, (chosen) => transport.speak(chosen === 'en' ? 'en' : 'zh-CN'), {
  immediate: true,
  flush: 'sync',
})
keep_chinese_marked()
try {
  await Promise.all([load_site(), load_me()])
} catch (thrown) {
  site_down.value = as_problem(thrown)
}

when_session_ends(() => {
  const here = router.currentRoute.value
  if (here.meta['signed_in']) void router.push({ path: '/login', query: { back: here.fullPath, ended: '1' } })
})

const app = createApp(App)
app.config.errorHandler = (thrown) => {
  page_problem.value = as_problem(thrown)
}
app.use(router).mount('#app')
