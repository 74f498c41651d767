// Only in dev builds: every part of the kit in its states.
import { defineModule } from '@tongban/kit'

export const kit = defineModule({
  name: 'kit',
  routes: [{ path: '/kit', name: 'kit', component: () => import('./KitPage.vue') }],
})
