import { define_module } from '../../module'

export const supervision = define_module({
  routes: [
    { path: '/board', name: 'board', component: () => import('./BoardPage.vue') },
    { path: '/board/:list(stuck|near|late)', name: 'watched', component: () => import('./WatchedPage.vue') },
  ],
})
