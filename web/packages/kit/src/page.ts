// What each page does when it opens: its title, and the focus on its h1.
import { site } from './server-clock'
import { nextTick, watchEffect } from 'vue'

/**
 * `name` is told first, the site's name last; errors come before both. Null: another part of the page
 * tells it.
 */
export function use_title(name: () => string | null): void {
  watchEffect(
    () => {
      const own = name()
      if (own === null) return
      const host = site.value?.name ?? ''
      document.title = own && host ? `${own} - ${host}` : own || host
    },
    { flush: 'post' },
  )
}

/**
 * After a change of route the reader hears where it is. The h1 may come with its data: it is waited for a
 * little.
 */
export async function focus_heading(tries = 20): Promise<void> {
  await nextTick()
  const heading = document.querySelector<HTMLElement>('main h1')
  if (!heading) {
    if (tries > 0) setTimeout(() => void focus_heading(tries - 1), 100)
    return
  }
  const now = document.activeElement
  if (now && now !== document.body && document.querySelector('main')?.contains(now)) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

/** Paper shows everything: folded parts are opened for printing and folded again after it. */
export function use_print_open(): void {
  let opened: HTMLDetailsElement[] = []
  window.addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
    for (const one of opened) one.open = true
  })
  window.addEventListener('afterprint', () => {
    for (const one of opened) one.open = false
  })
}
