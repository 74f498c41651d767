import { focus_heading, load_me, me, signed_in } from '@tongban/kit'
import { createRouter, createWebHistory } from 'vue-router'
import { cases } from './features/cases'
import { catalog } from './features/catalog'
import { identity } from './features/identity'
import { licences } from './features/licences'
import { notify } from './features/notify'
import { org } from './features/org'
import { page_problem, site_down } from './frame/state'

const modules = [catalog, identity, cases, licences, notify, org]
if (import.meta.env.DEV) modules.push((await import('./features/kit')).kit)

export const router = createRouter({
  history: createWebHistory(),
  routes: modules.flatMap((module) => module.routes),
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
})

router.beforeEach(async (to) => {
  if (!to.meta.signed_in || site_down.value) return true
  if (me.value === null) await load_me()
  return signed_in.value ? true : { path: '/login', query: { back: to.fullPath } }
})

router.afterEach((to, from, failure) => {
  if (failure) return
  page_problem.value = null
  if (from.name !== undefined && to.path !== from.path) void focus_heading()
})
