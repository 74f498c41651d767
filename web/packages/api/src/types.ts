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

export type Way = Schemas['CasesWay']
export type DataOutcome = Schemas['CasesDataOutcome']
export type DataAsk = Schemas['CasesDataAsk']
export type DataSource = Schemas['CasesDataSource']
export type LockedValue = Schemas['CasesLockedValue']
export type Prefill = Schemas['CasesPrefilled']
export type Dispute = Schemas['CasesDisputed']
export type MaterialOffer = Schemas['CasesMaterialOffer']
export type Burden = Schemas['CasesBurden']
export type Delivery = Schemas['CasesDelivery']
export type ActingFor = Schemas['CasesDraftApplicant']
export type Decided = Schemas['CasesDecided']
export type DisputeRow = Schemas['CasesDisputeKept']
export type MaterialGiven = Schemas['CasesMaterialGiven']
export type Draft = Schemas['CasesDraft']
export type DraftSave = Schemas['CasesDraftSave']
export type Submission = Schemas['CasesSubmission']
export type Receipt = Schemas['CasesReceipt']
export type Look = Schemas['IdentityLook']
export type Looks = Schemas['IdentityLooks']
export type ConsentGiven = Schemas['IdentityConsent']
export type Firm = Schemas['IdentityMyFirm']
export type MyCode = Schemas['IdentityMyCode']

// What the contract is about to say: taken over by the generated types as each part stands in src/*/api.yaml.
export type MyCase = Omit<Schemas['CasesMyCase'], 'state'> & { state: CaseState | 'submitted' }
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
