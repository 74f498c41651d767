import { nextTick } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import type { RouteLocationNormalized } from 'vue-router'
import { catalog } from './features/catalog'
import { cases } from './features/cases'
import { exchange } from './features/exchange'
import { identity } from './features/identity'
import {
  is_staff,
  know_session,
  needs_post,
  session,
  when_session_ends,
} from './features/identity/use-session'
import { licences } from './features/licences'
import { supervision } from './features/supervision'
import { page_name, set_page_name } from './frame/page-name'

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    ...identity.routes,
    ...cases.routes,
    ...catalog.routes,
    ...licences.routes,
    ...exchange.routes,
    ...supervision.routes,
    { path: '/:rest(.*)*', name: 'unknown', component: () => import('./frame/UnknownPage.vue') },
  ],
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  let why = {}
  if (session.value === null) {
    try {
      await know_session()
    } catch {
      // A page without a session would only fail in many places at once; signing in tells that nobody answers.
      why = { why: 'away' }
    }
  }
  if (!is_staff.value) return { name: 'sign-in', query: { back: to.fullPath, ...why } }
  if (needs_post.value && to.name !== 'posts') return { name: 'posts', query: { back: to.fullPath } }
  return true
})

function same_page(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
  return to.path === from.path && from.matched.length > 0
}

router.afterEach(async (to, from) => {
  if (same_page(to, from)) return
  set_page_name('')
  await nextTick()
  // A page that names itself later moves the focus then; see page-name.
  if (page_name.value === '') document.getElementById('content')?.focus({ preventScroll: true })
  window.scrollTo(0, 0)
})

when_session_ends(() => {
  const here = router.currentRoute.value
  if (here.meta.open) return
  void router.push({ name: 'sign-in', query: { back: here.fullPath, why: 'ended' } })
})
