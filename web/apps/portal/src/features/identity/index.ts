import { defineModule } from '@tongban/kit'

export const identity = defineModule({
  name: 'identity',
  routes: [
    {
      path: '/login',
      name: 'login',
      component: () => import('./LoginPage.vue'),
      meta: { keeps_typing: true },
    },
    { path: '/access', name: 'looks', component: () => import('./LooksPage.vue'), meta: { signed_in: true } },
    {
      path: '/consents',
      name: 'consents',
      component: () => import('./ConsentsPage.vue'),
      meta: { signed_in: true },
    },
    {
      path: '/my-code',
      name: 'my-code',
      component: () => import('./MyCodePage.vue'),
      meta: { signed_in: true },
    },
  ],
})
