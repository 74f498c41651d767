import { defineModule } from '@tongban/kit'

export const org = defineModule({
  name: 'org',
  routes: [
    { path: '/privacy', name: 'privacy', component: () => import('./PrivacyPage.vue') },
    { path: '/access-statement', name: 'access-statement', component: () => import('./AccessPage.vue') },
    { path: '/:rest(.*)*', name: 'not-found', component: () => import('./NotFoundPage.vue') },
  ],
})
