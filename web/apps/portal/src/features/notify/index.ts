import { defineModule } from '@tongban/kit'

export const notify = defineModule({
  name: 'notify',
  routes: [
    {
      path: '/messages',
      name: 'messages',
      component: () => import('./MessagesPage.vue'),
      meta: { signed_in: true },
    },
  ],
})
