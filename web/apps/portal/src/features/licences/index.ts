import { defineModule } from '@tongban/kit'

export const licences = defineModule({
  name: 'licences',
  routes: [
    {
      path: '/licences',
      name: 'licences',
      component: () => import('./LicencesPage.vue'),
      meta: { signed_in: true },
    },
    {
      path: '/licences/:id',
      name: 'licence',
      component: () => import('./LicencePage.vue'),
      meta: { signed_in: true },
    },
    {
      path: '/verify',
      name: 'verify',
      component: () => import('./VerifyPage.vue'),
      meta: { head: 'verify', keeps_typing: true },
    },
    {
      path: '/v/:token',
      name: 'verify-token',
      component: () => import('./VerifyPage.vue'),
      meta: { head: 'verify', keeps_typing: true },
    },
  ],
})
