import { define_module } from '../../module'

export const catalog = define_module({
  routes: [
    { path: '/guide', name: 'guides', component: () => import('./GuideSearch.vue') },
    { path: '/guide/:code', name: 'guide', component: () => import('./GuidePage.vue') },
  ],
})
