// Shapes of the desk's newer routes.

export interface SourceHealth {
  source: string
  name: string
  provider: string
  state: 'ok' | 'slow' | 'down' | 'paused' | 'unknown'
  down_since?: string
  last_ok?: string
  last_failure?: string
  failure_text?: string
  calls_today: number
  found: number
  none: number
  failed: number
  p50_ms: number
  p95_ms: number
  open_corrections: number
  resources: { code: string; name: string }[]
}
export interface SourceCall {
  id: string
  at: string
  resource_name: string
  item_name: string
  case_no?: string
  person: string
  by: string
  basis: string
  purpose: string
  outcome: string
  ms: number
  cached: boolean
}
export interface SharedResource {
  code: string
  name: string
  provider: string
  summary: string
  share: { kind: string; condition?: string }
  mode: string
  update_cycle: string
  parameters: { name: string; type: string }[]
  fields: { key: string; name: string; type: string; sensitive?: boolean }[]
  security_grade: string
  published_on: string
}
export interface SourceCorrection {
  id: string
  at: string
  source: string
  resource_name: string
  field_name: string
  state: 'open' | 'sent' | 'answered' | 'mended' | 'rejected'
  answer?: string
  case_no?: string
}
export interface BoardRow {
  case_no: string
  short_no: string
  item_name: string
  body_name: string
  state_text: string
  why?: string
  why_code?: string
  since?: string
  days?: number
  due?: { day: string; provisional: boolean }
  lamp?: { shape: 'green' | 'yellow' | 'red' | 'pause' | 'none'; text: string }
}
export interface Board {
  at: string
  region_name: string
  totals: {
    received_today: number
    concluded_today: number
    open: number
    near_due: number
    overdue: number
    stuck: number
  }
  days: { day: string; received: number; concluded: number }[]
  bodies: {
    id: string
    name: string
    open: number
    near_due: number
    overdue: number
    stuck: number
    concluded_today: number
  }[]
  items: {
    code: string
    name: string
    open: number
    near_due: number
    overdue: number
    concluded_30: number
    median_days?: number
    instant_30: number
    fields_saved: number
    papers_saved: number
  }[]
  stuck: BoardRow[]
  near: BoardRow[]
  late: BoardRow[]
}
export interface NewIntake {
  item: string
  region: string
  method: 'id_card' | 'typed' | 'code'
  applicant?: { name: string; id_number: string; phone: string; address?: string }
  firm?: string
  code?: string
}
export interface IntakeLink {
  id: string
  item: string
  item_name: string
  step: string
  updated_at: string
  applicant?: string
}
export interface ConfirmationAsked {
  way: 'screen' | 'code'
  url?: string
  sent_to?: string
  until: string
}
export interface Confirmation {
  state: 'waiting' | 'confirmed' | 'wrong'
  note?: string
}
export interface DecidedReason {
  key: string
  words: string
  result: 'yes' | 'no' | 'undetermined'
}
export interface PapersReceived {
  version: number
  received: string[]
}
export interface SpecialStart {
  version: number
  step: string
  planned_on: string
  place?: string
}
export interface Finding {
  key: string
  result: 'ok' | 'not_ok'
  note?: string
}
export interface SpecialResult {
  version: number
  step: string
  officers: string[]
  place: string
  began_at: string
  ended_at: string
  findings: Finding[]
  conclusion: 'pass' | 'fail'
  note?: string
  attended_by?: string
  photos?: string[]
}
export interface Service {
  version: number
  method: 'in_person' | 'courier' | 'electronic'
  recipient: string
  relation?: string
  at?: string
  tracking_no?: string
  refused_note?: string
}
