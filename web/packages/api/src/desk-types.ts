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
