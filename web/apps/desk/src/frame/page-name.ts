// The title follows the page; after a change of page the focus goes to its h1.
import { nextTick, readonly, ref, watchEffect } from 'vue'
import { t } from '@tongban/words/desk'
import { site } from './use-site'

const name = ref('')

export const page_name = readonly(name)

export function set_page_name(given: string): void {
  const first = given !== '' && name.value === ''
  name.value = given
  if (first) void nextTick(focus_title)
}

function focus_title(): void {
  const active = document.activeElement
  const idle = active === null || active === document.body || active.id === 'content'
  const title = document.querySelector<HTMLElement>('main h1')
  if (!title || !idle) return
  title.tabIndex = -1
  title.focus({ preventScroll: true })
}

watchEffect(() => {
  const place = site.value?.name ?? ''
  document.title = [name.value, place].filter((part) => part !== '').join(' · ') || t('desk.side.site')
})
