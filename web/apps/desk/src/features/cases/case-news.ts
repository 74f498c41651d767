// What somebody else did to a case while we had it open.
import type { DeskCase, HistoryRow } from '../../contract'

export interface CaseNews {
  /** Lines of the history that we have not seen. */
  lines: HistoryRow[]
  state_changed: boolean
  /** New papers came. */
  files: number
}

type Seen = Pick<DeskCase, 'history' | 'state' | 'materials'>

export function news_in_case(old: Seen, fresh: Seen): CaseNews {
  const key = (row: HistoryRow) => `${row.at} ${row.who} ${row.what}`
  const seen = new Set(old.history.map(key))
  const known = new Set(old.materials.flatMap((material) => material.files.map((file) => file.id)))
  const files = fresh.materials
    .flatMap((material) => material.files)
    .filter((file) => !known.has(file.id)).length
  return {
    lines: fresh.history.filter((row) => !seen.has(key(row))),
    state_changed: old.state !== fresh.state,
    files,
  }
}
