import { defineModule } from '@tongban/kit'

export const catalog = defineModule({
  name: 'catalog',
  routes: [
    { path: '/', name: 'home', component: () => import('./HomePage.vue') },
    { path: '/search', name: 'search', component: () => import('./SearchPage.vue') },
    { path: '/items', name: 'items', component: () => import('./ItemsPage.vue') },
    { path: '/item/:code', name: 'guide', component: () => import('./GuidePage.vue') },
  ],
})
