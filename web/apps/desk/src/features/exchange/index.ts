import { define_module } from '../../module'

export const exchange = define_module({
  routes: [
    { path: '/sources', name: 'sources', component: () => import('./SourcesPage.vue') },
    { path: '/sources/catalogue', name: 'resources', component: () => import('./ResourcesPage.vue') },
    { path: '/sources/corrections', name: 'corrections', component: () => import('./CorrectionsPage.vue') },
    { path: '/sources/:source', name: 'source', component: () => import('./SourcePage.vue') },
  ],
})
