import type { RouteRecordRaw } from 'vue-router'

/** What a page asks of the frame around it. */
declare module 'vue-router' {
  interface RouteMeta {
    /** `whole`: the page fills the window itself; otherwise side bar and search stand around it. */
    frame?: 'whole'
    /** May be seen without a session. */
    open?: boolean
    /** Holds what somebody typed: another language changes its words where they stand. */
    keeps_typing?: boolean
  }
}

export interface Module {
  routes: RouteRecordRaw[]
}

/** A feature tells the app its pages and nothing else. */
export function define_module(module: Module): Module {
  return module
}
