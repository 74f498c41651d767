// From the form of an act to the request of the contract, and what is missing for it.
import type {
  DeskCase,
  Extension,
  PapersReceived,
  Preview,
  ServiceGiven,
  SpecialResult,
  SpecialStart,
} from '../../contract'
import { papers_to_bring, step_to } from './deed-draft'
import type { DeedDraft } from './deed-draft'
import type { Deed } from './act-list'

export type DeedFaultCode =
  | 'paper_not_there'
  | 'planned_missing'
  | 'planned_is_past'
  | 'officers_too_few'
  | 'place_missing'
  | 'times_missing'
  | 'times_turned'
  | 'time_to_come'
  | 'finding_missing'
  | 'finding_note_missing'
  | 'conclusion_missing'
  | 'method_missing'
  | 'recipient_missing'
  | 'tracking_missing'
  | 'extension_reason_missing'
  | 'declining_reason_missing'

export interface DeedFault {
  /** The control it stands beside. */
  at: string
  code: DeedFaultCode
}

const blank = (text: string) => text.trim() === ''
const short = (text: string) => [...text.trim()].length < 2

/** A clock time of Beijing as an instant. */
export function instant_of(day: string, time: string): string {
  return `${day}T${time.length === 4 ? `0${time}` : time}:00+08:00`
}

function paper_faults(draft: DeedDraft, found: DeskCase): DeedFault[] {
  return papers_to_bring(found)
    .filter((paper) => !draft.received.includes(paper.key))
    .map((paper) => ({ at: `paper/${paper.key}`, code: 'paper_not_there' }))
}

function start_faults(draft: DeedDraft, today: string): DeedFault[] {
  if (blank(draft.planned_on)) return [{ at: 'planned_on', code: 'planned_missing' }]
  return draft.planned_on < today ? [{ at: 'planned_on', code: 'planned_is_past' }] : []
}

function record_faults(draft: DeedDraft, found: DeskCase, now: string): DeedFault[] {
  const step = step_to(found, 'record_special')
  const faults: DeedFault[] = []
  if (draft.officers.length < (step?.officers ?? 2)) faults.push({ at: 'officers', code: 'officers_too_few' })
  if (short(draft.place)) faults.push({ at: 'place', code: 'place_missing' })
  if (blank(draft.day) || blank(draft.began) || blank(draft.ended)) {
    faults.push({ at: 'times', code: 'times_missing' })
  } else {
    const [began, ended] = [instant_of(draft.day, draft.began), instant_of(draft.day, draft.ended)]
    if (Date.parse(ended) < Date.parse(began)) faults.push({ at: 'times', code: 'times_turned' })
    else if (Date.parse(ended) > Date.parse(now)) faults.push({ at: 'times', code: 'time_to_come' })
  }
  for (const { key } of step?.findings ?? []) {
    const finding = draft.findings[key]
    if (!finding?.result) faults.push({ at: `finding/${key}`, code: 'finding_missing' })
    else if (finding.result === 'not_ok' && short(finding.note))
      faults.push({ at: `finding/${key}`, code: 'finding_note_missing' })
  }
  if (draft.conclusion === '') faults.push({ at: 'conclusion', code: 'conclusion_missing' })
  return faults
}

function serve_faults(draft: DeedDraft): DeedFault[] {
  const faults: DeedFault[] = []
  if (draft.method === '') faults.push({ at: 'method', code: 'method_missing' })
  if (blank(draft.recipient)) faults.push({ at: 'recipient', code: 'recipient_missing' })
  if (draft.method === 'courier' && blank(draft.tracking_no))
    faults.push({ at: 'tracking_no', code: 'tracking_missing' })
  return faults
}

/** `now` by the server's clock. */
export function deed_faults(
  deed: Deed,
  draft: DeedDraft,
  found: DeskCase,
  today: string,
  now: string,
): DeedFault[] {
  switch (deed) {
    case 'receive_papers':
      return paper_faults(draft, found)
    case 'start_special':
      return start_faults(draft, today)
    case 'record_special':
      return record_faults(draft, found, now)
    case 'serve':
      return serve_faults(draft)
    case 'ask_extension':
    case 'extend':
      return short(draft.reason) ? [{ at: 'reason', code: 'extension_reason_missing' }] : []
    case 'decline_extension':
      return short(draft.declined) ? [{ at: 'declined', code: 'declining_reason_missing' }] : []
  }
}

const told = (name: string, text: string) => (blank(text) ? {} : { [name]: text.trim() })

export function papers_of(draft: DeedDraft, found: DeskCase): PapersReceived {
  const asked = papers_to_bring(found).map((paper) => paper.key)
  return { version: found.version, received: asked.filter((key) => draft.received.includes(key)) }
}

export function start_of(draft: DeedDraft, found: DeskCase): SpecialStart {
  const step = step_to(found, 'start_special')?.key ?? ''
  return { version: found.version, step, planned_on: draft.planned_on, ...told('place', draft.place) }
}

export function record_of(draft: DeedDraft, found: DeskCase): SpecialResult {
  const step = step_to(found, 'record_special')
  return {
    version: found.version,
    step: step?.key ?? '',
    officers: [...draft.officers],
    place: draft.place.trim(),
    began_at: instant_of(draft.day, draft.began),
    ended_at: instant_of(draft.day, draft.ended),
    findings: (step?.findings ?? []).map(({ key }) => {
      const finding = draft.findings[key]
      return { key, result: finding?.result || 'ok', ...told('note', finding?.note ?? '') }
    }),
    conclusion: draft.conclusion || 'pass',
    ...told('note', draft.note),
    ...told('attended_by', draft.attended_by),
    ...(draft.photos.length > 0 ? { photos: draft.photos.map((photo) => photo.id) } : {}),
  }
}

export function service_of(draft: DeedDraft, found: DeskCase): ServiceGiven {
  return {
    version: found.version,
    method: draft.method || 'in_person',
    recipient: draft.recipient.trim(),
    ...told('relation', draft.relation),
    ...(draft.method === 'courier' ? told('tracking_no', draft.tracking_no) : {}),
    ...told('refused_note', draft.refused_note),
  }
}

export function extension_of(draft: DeedDraft, found: DeskCase): Extension {
  return { version: found.version, days: draft.days, reason: draft.reason.trim() }
}

/** The letter as it would go out, or nothing while its texts are not there yet. */
export function deed_preview(deed: Deed, draft: DeedDraft): Preview | undefined {
  if (!has_letter(deed) || draft.days === 0 || short(draft.reason)) return undefined
  return { act: 'extend', days: draft.days, reason: draft.reason.trim() }
}

/** Whether the letter that comes of it can be seen before. */
export function has_letter(deed: Deed): boolean {
  return deed === 'extend' || deed === 'ask_extension'
}

/** What the findings themselves say; the officers may still decide otherwise. */
export function conclusion_of(findings: readonly { result: string }[]): 'pass' | 'fail' | '' {
  if (findings.length === 0 || findings.some((finding) => finding.result === '')) return ''
  return findings.every((finding) => finding.result === 'ok') ? 'pass' : 'fail'
}
