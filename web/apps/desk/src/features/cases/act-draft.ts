// What a person has typed about a case. It outlives the dialog, the page and a session that ended, but
// not the window:
// opinions are personal data and do not belong in the browser's store.
import { reactive } from 'vue'
import type { GapDraft } from './gap-list'

export interface ActDraft {
  opinion: string
  reason: string
  basis: string
  right_body: string
  gaps: GapDraft[]
}

const drafts = reactive(new Map<string, ActDraft>())

export function draft_of(no: string): ActDraft {
  let draft = drafts.get(no)
  if (!draft) {
    drafts.set(no, { opinion: '', reason: '', basis: '', right_body: '', gaps: [] })
    draft = drafts.get(no)
  }
  return draft as ActDraft
}

export function drop_draft(no: string): void {
  drafts.delete(no)
}

export function drop_all_drafts(): void {
  drafts.clear()
}

/**
 * A phrase put where the cursor stands; joined by a full stop when it follows a finished thought
 * without one.
 */
export function with_phrase(
  text: string,
  phrase: string,
  from: number,
  to: number,
): { text: string; cursor: number } {
  const before = text.slice(0, from)
  const glue = before !== '' && !/[。；，、.;,\s]$/.test(before) ? '。' : ''
  const put = before + glue + phrase
  return { text: put + text.slice(to), cursor: put.length }
}
