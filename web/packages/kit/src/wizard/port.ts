// What the wizard needs of the place it runs in. The portal plugs in a resident's draft, the desk a window's
// intake; the wizard and its parts know neither.
import {
  api,
  type Application,
  type Draft,
  type DraftCheck,
  type DraftSave,
  type Receipt,
  type Submission,
  type TextAgreed,
  type UploadedFile,
  type UploadWatch,
} from '@tongban/api'

export interface FilePort {
  upload(file: Blob, name: string, watch?: UploadWatch): Promise<UploadedFile>
  drop(id: string): Promise<void>
  /** where a file that was sent can be looked at */
  address(id: string): string
}

export interface WizardPort {
  /** of the draft; what was typed when a session ended is kept under it */
  id: string
  /** repeated while sources are being asked: must be cheap and change nothing */
  load(): Promise<Draft>
  application(item: string): Promise<Application>
  save(body: DraftSave): Promise<Draft>
  /** records the consent, when one is given, and asks what is not fresh; returns within two seconds */
  ask_data(key: string, consent?: TextAgreed): Promise<Draft>
  check(key: string): Promise<DraftCheck>
  submit(key: string, body: Submission): Promise<Receipt>
  files: FilePort
  /** Where a step stands, when steps are pages of their own. Without it, parts emit `go` with the step's id. */
  step_address?(step: string): string
  case_address?(no: string): string
}

export const resident_files: FilePort = {
  upload: (file, name, watch) => api.files.upload(file, name, watch),
  drop: (id) => api.files.drop(id),
  address: (id) => api.files.address(id),
}

/** The draft of the person who is signed in. */
export function resident_port(draft: string): WizardPort {
  return {
    id: draft,
    load: () => api.drafts.one(draft),
    application: (item) => api.catalog.application(item),
    save: (body) => api.drafts.save(draft, body),
    ask_data: (key, consent) => api.drafts.ask_data(key, draft, consent),
    check: (key) => api.drafts.check(key, draft),
    submit: (key, body) => api.drafts.submit(key, draft, body),
    files: resident_files,
    step_address: (step) => `/apply/${draft}/${step}`,
    case_address: (no) => `/cases/${no}`,
  }
}
