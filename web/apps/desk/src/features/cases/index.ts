import { define_module } from '../../module'

export const cases = define_module({
  routes: [
    { path: '/', name: 'start', component: () => import('./StartPage.vue') },
    { path: '/q/:name', name: 'queue', component: () => import('./QueuePage.vue') },
    { path: '/find', name: 'find', component: () => import('./FindPage.vue') },
    { path: '/c/:no', name: 'case', component: () => import('./CasePage.vue'), meta: { frame: 'whole' } },
  ],
})
