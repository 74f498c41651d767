// Short names for the contract's schemas. Everything here is the contract; nothing is added.
import type { components } from './generated'

export type Schemas = components['schemas']
export type Site = Schemas['OrgSite']
export type Region = Schemas['OrgRegion']
export type Hall = Schemas['OrgHall']
export type Me = Schemas['IdentityMe']
export type Home = Schemas['CatalogHome']
export type ItemLink = Schemas['CatalogItemLink']
export type SearchResult = Schemas['CatalogSearchResult']
export type Hit = Schemas['CatalogHit']
export type Guide = Schemas['CatalogGuide']
export type GuideMaterial = Schemas['CatalogGuideMaterial']
export type Application = Schemas['CatalogApplication']
export type AskedMaterial = Schemas['CatalogAskedMaterial']
export type Text = Schemas['CatalogText']
export type UploadedFile = Schemas['FilesFile']
export type DraftLink = Schemas['CasesDraftLink']
export type DraftCheck = Schemas['CasesDraftCheck']
export type WrongField = Schemas['CasesWrongField']
export type FileRef = Schemas['CasesFileRef']
export type TextAgreed = Schemas['CasesTextAgreed']
export type DueDay = Schemas['CasesDueDay']
export type Lamp = Schemas['CasesLamp']
export type Clock = Schemas['CasesClock']
export type RulerDay = Schemas['CasesRulerDay']
export type CaseState = Schemas['CasesState']
export type MyCases = Schemas['CasesMyCases']
export type CaseRow = Schemas['CasesCaseRow']
export type TimelineStep = Schemas['CasesTimelineStep']
export type Letter = Schemas['CasesLetter']
export type Gap = Schemas['CasesGap']
export type OpenCorrection = Schemas['CasesOpenCorrection']
export type CaseMaterial = Schemas['CasesCaseMaterial']
export type AnswerPage = Schemas['CasesAnswerPage']
export type AnswerRow = Schemas['CasesAnswerRow']
export type CorrectionAnswer = Schemas['CasesCorrectionAnswer']
export type Progress = Schemas['CasesProgress']
export type Queues = Schemas['CasesQueues']
export type Queue = Schemas['CasesQueue']
export type QueueRow = Schemas['CasesQueueRow']
export type QueueName = Schemas['CasesQueueName']
export type DeskCase = Schemas['CasesDeskCase']
export type Card = Schemas['LicencesCard']
export type Licence = Schemas['LicencesLicence']
export type Verification = Schemas['LicencesVerification']
export type FileVerification = Schemas['LicencesFileVerification']
export type DeskLicence = Schemas['LicencesDeskLicence']
export type Message = Schemas['NotifyMessage']
export type Messages = Schemas['NotifyMessages']

// What the contract is about to say: taken over by the generated types as each part stands in src/*/api.yaml.
export type Way = 'waived' | 'licence' | 'promise' | 'upload' | 'window'
export type DataOutcome =
  'asking' | 'found' | 'none' | 'several' | 'late' | 'down' | 'wrong' | 'refused' | 'not_asked'
export interface DataAsk {
  key: string
  resource: string
  what: string
  provider: string
  who: string
  why: string
  basis: 'consent' | 'duty'
  basis_text?: string
}
export interface DataSource {
  key: string
  resource: string
  what: string
  provider: string
  outcome: DataOutcome
  outcome_text: string
  answered_at?: string
  data_at?: string
  age_text?: string
  down_since?: string
  instead?: string
}
export interface DraftData {
  consent_needed: boolean
  consent?: TextAgreed
  text?: Text
  asks: DataAsk[]
  asking: boolean
  sources: DataSource[]
}
export interface LockedValue {
  value: unknown
  source: string
  source_name: string
  data_at?: string
  age_text?: string
  disputable: boolean
}
export interface Prefill {
  value: unknown
  source_name: string
  age_text?: string
}
export interface Dispute {
  value: unknown
  note?: string
  source_value?: unknown
}
export interface MaterialOffer {
  key: string
  name: string
  ways: Way[]
  chosen: Way
  because: string
  licence?: { id: string; number: string; type_name: string; issuer: string }
}
export interface Burden {
  fields_total: number
  fields_prefilled: number
  fields_typed: number
  materials_total: number
  materials_waived: number
  materials_from_licence: number
  materials_promised: number
  materials_uploaded: number
  materials_brought: number
}
export interface Delivery {
  recipient: string
  phone: string
  address: string
}
export interface ActingFor {
  kind: 'person' | 'organisation'
  name: string
  id_number: string
  agent?: string
}
export interface Decided {
  at_once: boolean
  reasons: { key: string; words: string; result: 'yes' | 'no' | 'undetermined' }[]
}
export interface DisputeRow {
  label: string
  value: string
  source_value: string
  source_name: string
  ticket: string
}
export type MaterialGiven = Omit<Schemas['CasesMaterialGiven'], 'way'> & { way: Way }
export type Draft = Omit<Schemas['CasesDraft'], 'materials' | 'locked'> & {
  materials: MaterialGiven[]
  locked: Record<string, LockedValue>
  data?: DraftData
  prefill?: Record<string, Prefill>
  disputes?: Record<string, Dispute>
  offers?: MaterialOffer[]
  instant?: { possible: boolean; text: string }
  burden?: Burden
  applicant?: ActingFor
  delivery?: Delivery
}
export type DraftSave = Omit<Schemas['CasesDraftSave'], 'materials'> & {
  materials: MaterialGiven[]
  disputes?: Record<string, Pick<Dispute, 'value' | 'note'>>
  delivery?: Delivery
}
export type Submission = Schemas['CasesSubmission'] & { by_person?: boolean }
export type Receipt = Schemas['CasesReceipt'] & { decided?: Decided }
export type MyCase = Omit<Schemas['CasesMyCase'], 'state'> & {
  state: CaseState | 'submitted'
  data_sources?: DataSource[]
  decided?: Decided
  burden?: Burden
  disputes?: DisputeRow[]
}
export interface Look {
  at: string
  who: string
  office: string
  purpose: string
  basis: string
  basis_text: string
  case_no?: string
  what: string[]
}
export interface Looks {
  looks: Look[]
  next?: string
}
export interface ConsentGiven {
  id: string
  given_at: string
  item_name: string
  text_title: string
  resources: string[]
  state: 'given' | 'withdrawn' | 'used_up'
  may_withdraw: boolean
}
export interface Firm {
  uscc: string
  name: string
  legal_person: string
  role: 'legal_person' | 'agent'
  valid_until: string
}
export interface MyCode {
  code: string
  until: string
}
/** What the person at a window reads on the second screen. */
export interface ToConfirm {
  item_name: string
  hall_name: string
  applicant: string
  pages: AnswerPage[]
  materials: { name: string; way_text: string }[]
  notice: Text
  consent?: Text
  declaration: Text
  until: string
  version: number
}
export interface Confirmed {
  version: number
  notice: TextAgreed
  consent?: TextAgreed
  declaration: TextAgreed
  right: boolean
  note?: string
}
