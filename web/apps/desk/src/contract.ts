// Names of the contract's shapes that the desk uses.
import type { Schemas } from '@tongban/api'

export type {
  Clock,
  DeskCase,
  DeskLicence,
  Gap,
  Guide,
  Hit,
  Lamp,
  Letter,
  Me,
  Queue,
  QueueName,
  QueueRow,
} from '@tongban/api'
export type { AnswerRow, CaseMaterial, RulerDay, Site } from '@tongban/api'

export type Post = Schemas['IdentityPost']
export type QueueCount = Schemas['CasesQueueCount']
export type Act = Schemas['CasesAct']
export type CaseFile = Schemas['CasesCaseFile']
export type GapTarget = Schemas['CasesGapTarget']
export type HistoryRow = Schemas['CasesHistoryRow']
export type Preview = Schemas['CasesPreview']
export type Revocation = Schemas['LicencesRevocation']
export type Board = Schemas['SupervisionBoard']
export type WatchedCase = Schemas['SupervisionWatchedCase']
export type SourceHealth = Schemas['ExchangeSource']
export type SourceCall = Schemas['ExchangeCall']
export type SharedResource = Schemas['ExchangeResource']
export type SourceCorrection = Schemas['ExchangeCorrection']
export type { ConfirmationAsked, ConfirmationTold, DataAsk, DataSource, IntakeLink, Way } from '@tongban/api'
export type SpecialStep = Schemas['CasesSpecialStep']
export type Extension = Schemas['CasesExtension']
export type SpecialStart = Schemas['CasesSpecialStart']
export type SpecialResult = Schemas['CasesSpecialResult']
export type PapersReceived = Schemas['CasesPapersReceived']
export type ServiceGiven = Schemas['CasesServiceGiven']
