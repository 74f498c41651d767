import { define_module } from '../../module'

export const licences = define_module({
  routes: [{ path: '/licences', name: 'licences', component: () => import('./LicencePage.vue') }],
})
