import { defineModule } from '@tongban/kit'

export const cases = defineModule({
  name: 'cases',
  routes: [
    {
      path: '/apply/:draft/:step',
      name: 'apply',
      component: () => import('./apply/ApplyPage.vue'),
      meta: { signed_in: true, head: 'wizard' },
    },
    { path: '/apply/:draft', redirect: (to) => `/apply/${String(to.params['draft'])}/notice` },
    { path: '/cases', name: 'cases', component: () => import('./CasesPage.vue'), meta: { signed_in: true } },
    {
      path: '/cases/:no',
      name: 'case',
      component: () => import('./CasePage.vue'),
      meta: { signed_in: true },
    },
    {
      path: '/cases/:no/receipt',
      name: 'receipt',
      component: () => import('./ReceiptPage.vue'),
      meta: { signed_in: true },
    },
    {
      path: '/cases/:no/correct',
      name: 'correct',
      component: () => import('./CorrectPage.vue'),
      meta: { signed_in: true, keeps_typing: true },
    },
    {
      path: '/confirm/:token',
      name: 'confirm',
      component: () => import('./ConfirmPage.vue'),
      meta: { head: 'none' },
    },
    {
      path: '/progress',
      name: 'progress',
      component: () => import('./ProgressPage.vue'),
      meta: { keeps_typing: true },
    },
  ],
})
