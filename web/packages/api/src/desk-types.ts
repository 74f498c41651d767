// Shapes of the desk's newer routes.

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
