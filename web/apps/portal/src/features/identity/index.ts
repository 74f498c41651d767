import { defineModule } from '@tongban/kit'

export const identity = defineModule({
  name: 'identity',
  routes: [{ path: '/login', name: 'login', component: () => import('./LoginPage.vue') }],
})
