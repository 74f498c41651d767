/// <reference types="vite/client" />
import 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** opens only for a person signed in */
    signed_in?: boolean
    /** the head of the page: the site's, the wizard's, or the white one of the check */
    head?: 'site' | 'wizard' | 'verify'
  }
}
