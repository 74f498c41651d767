// What concerns every page: the site itself being down, and a page that failed.
import type { Problem } from '@tongban/api'
import { shallowRef } from 'vue'

export const site_down = shallowRef<Problem | null>(null)
export const page_problem = shallowRef<Problem | null>(null)
