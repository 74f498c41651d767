import { define_module } from '../../module'

export const identity = define_module({
  routes: [
    {
      path: '/login',
      name: 'sign-in',
      component: () => import('./SignIn.vue'),
      meta: { frame: 'whole', open: true, keeps_typing: true },
    },
    {
      path: '/posts',
      name: 'posts',
      component: () => import('./ChoosePost.vue'),
      meta: { frame: 'whole' },
    },
  ],
})
