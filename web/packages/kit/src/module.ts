// A feature of an app is one of these.
import type { RouteRecordRaw } from 'vue-router'

export interface Module {
  name: string
  routes: RouteRecordRaw[]
}
export const defineModule = (module: Module): Module => module
