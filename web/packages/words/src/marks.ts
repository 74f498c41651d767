// Which parts of a page are Chinese while it is read in English: names, addresses, what people wrote, and whatever the pack
// says in Chinese only. They are marked where they appear, so that they are read aloud and set as Chinese (WCAG 2.2, 3.1.2).
import { watch } from 'vue'
import { language } from './index'

const ours = 'data-marked'
const han = /[\u3400-\u9fff]/

export function is_chinese(text: string): boolean {
  return han.test(text)
}

function own_text(element: Element): string {
  let text = ''
  for (const node of element.childNodes) if (node instanceof Text) text += node.data
  return text.trim()
}

/** English again within a part that is marked; nothing where the text is in the language around it. */
function lang_wanted(element: Element): string {
  const text = own_text(element)
  if (is_chinese(text)) return 'zh-CN'
  const within_marked = element.parentElement?.closest('[lang]')?.hasAttribute(ours)
  return text !== '' && within_marked ? 'en' : ''
}

function mark(element: Element): void {
  if (element.hasAttribute('lang') && !element.hasAttribute(ours)) return
  const lang = lang_wanted(element)
  if (lang === (element.getAttribute('lang') ?? '')) return
  element.toggleAttribute(ours, lang !== '')
  if (lang === '') element.removeAttribute('lang')
  else element.setAttribute('lang', lang)
}

function mark_below(root: Element): void {
  mark(root)
  for (const element of root.querySelectorAll('*')) mark(element)
}

function unmark_all(): void {
  for (const element of document.querySelectorAll(`[${ours}]`)) {
    element.removeAttribute('lang')
    element.removeAttribute(ours)
  }
}

function changed_part(change: MutationRecord): Element | null {
  return change.target instanceof Element ? change.target : change.target.parentElement
}

/** For the life of the page. */
export function keep_chinese_marked(): void {
  const observer = new MutationObserver((changes) => {
    for (const part of new Set(changes.map(changed_part))) if (part?.isConnected) mark_below(part)
  })
  const keep = (): void => {
    observer.disconnect()
    if (language.value !== 'en') return unmark_all()
    mark_below(document.body)
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  }
  watch(language, keep, { immediate: true, flush: 'post' })
}
