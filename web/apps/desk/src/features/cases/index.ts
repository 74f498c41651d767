import { define_module } from '../../module'

export const cases = define_module({
  routes: [
    { path: '/', name: 'start', component: () => import('./StartPage.vue') },
    { path: '/q/:name', name: 'queue', component: () => import('./QueuePage.vue') },
    { path: '/intake', name: 'intake', component: () => import('./intake/IntakeStart.vue') },
    { path: '/intake/done/:no', name: 'intake-done', component: () => import('./intake/IntakeDone.vue') },
    { path: '/intake/:id', name: 'intake-draft', component: () => import('./intake/IntakePage.vue') },
    {
      path: '/second-screen',
      name: 'second-screen',
      component: () => import('./intake/SecondScreenPage.vue'),
      meta: { frame: 'whole', open: true },
    },
    { path: '/find', name: 'find', component: () => import('./FindPage.vue') },
    { path: '/c/:no', name: 'case', component: () => import('./CasePage.vue'), meta: { frame: 'whole' } },
  ],
})
