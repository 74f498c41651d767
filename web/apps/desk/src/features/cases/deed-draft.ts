// What is typed for an act with a form of its own, kept like an opinion: as long as the window.
import { reactive } from 'vue'
import type { FileRef } from '@tongban/api'
import type { DeskCase, SpecialStep } from '../../contract'

export interface FindingDraft {
  result: 'ok' | 'not_ok' | ''
  note: string
}

export interface DeedDraft {
  received: string[]
  planned_on: string
  place: string
  officers: string[]
  day: string
  began: string
  ended: string
  findings: Record<string, FindingDraft>
  conclusion: 'pass' | 'fail' | ''
  note: string
  attended_by: string
  photos: FileRef[]
  method: 'in_person' | 'courier' | 'electronic' | ''
  recipient: string
  relation: string
  tracking_no: string
  refused_note: string
  days: number
  reason: string
  /** Why the head does not agree. */
  declined: string
}

const drafts = reactive(new Map<string, DeedDraft>())

function empty(): DeedDraft {
  return {
    received: [],
    planned_on: '',
    place: '',
    officers: [],
    day: '',
    began: '',
    ended: '',
    findings: {},
    conclusion: '',
    note: '',
    attended_by: '',
    photos: [],
    method: '',
    recipient: '',
    relation: '',
    tracking_no: '',
    refused_note: '',
    days: 0,
    reason: '',
    declined: '',
  }
}

export function deed_draft_of(no: string): DeedDraft {
  let draft = drafts.get(no)
  if (!draft) {
    drafts.set(no, empty())
    draft = drafts.get(no)
  }
  return draft as DeedDraft
}

export function drop_deed_draft(no: string): void {
  drafts.delete(no)
}

export function drop_all_deed_drafts(): void {
  drafts.clear()
}

/** The step that an act would begin or record now. */
export function step_to(
  found: Pick<DeskCase, 'special'>,
  act: 'start_special' | 'record_special',
): SpecialStep | undefined {
  const steps = found.special ?? []
  if (act === 'record_special') return steps.find((step) => step.state === 'planned')
  return steps.find((step) => step.state === 'to_plan' || step.state === 'failed')
}

/** Papers the person said they would bring. */
export function papers_to_bring(found: Pick<DeskCase, 'materials'>): DeskCase['materials'] {
  return found.materials.filter((material) => material.way === 'window')
}
