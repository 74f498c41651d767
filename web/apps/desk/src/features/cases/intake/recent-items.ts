// The items this window took in lately, newest first: the next of the forty in line mostly asks for one of them.
import { readonly, ref } from 'vue'

const KEPT_AS = 'tongban.desk.recent_items'
const MOST = 5

export interface RecentItem {
  code: string
  name: string
}

function kept(): RecentItem[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? '[]')
    return Array.isArray(list)
      ? list.filter(
          (one): one is RecentItem => typeof one?.code === 'string' && typeof one?.name === 'string',
        )
      : []
  } catch {
    return []
  }
}

const items = ref<RecentItem[]>(kept().slice(0, MOST))
export const recent_items = readonly(items)

export function with_recent(list: readonly RecentItem[], item: RecentItem): RecentItem[] {
  return [item, ...list.filter((one) => one.code !== item.code)].slice(0, MOST)
}

export function keep_recent(item: RecentItem): void {
  items.value = with_recent(items.value, { code: item.code, name: item.name })
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(items.value))
  } catch {
    // A browser that keeps nothing: the list then lasts as long as the page.
  }
}
