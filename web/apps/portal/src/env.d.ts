/// <reference types="vite/client" />
import 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** opens only for a person signed in */
    signed_in?: boolean
    /** the head of the page: the site's, the wizard's, the white one of the check, or none (second screen) */
    head?: 'site' | 'wizard' | 'verify' | 'none'
    /** holds what a person typed: another language changes its words where they stand, the page is not made anew */
    keeps_typing?: boolean
  }
}
