// The wizard's parts over the routes of an intake.
import { api } from '@tongban/api'
import { resident_files } from '@tongban/kit/wizard'
import type { WizardPort } from '@tongban/kit/wizard'

export function window_port(id: string): WizardPort {
  return {
    id: `intake/${id}`,
    load: () => api.intake.one(id),
    application: (item) => api.catalog.application(item),
    save: (body) => api.intake.save(id, body),
    // The consent is the person's: it comes by their confirmation, never with a clerk's request.
    ask_data: (key) => api.intake.ask_data(key, id),
    check: (key) => api.intake.check(key, id),
    submit: (key, body) => api.intake.submit(key, id, body),
    files: { ...resident_files, address: (file) => api.intake.file_address(id, file) },
  }
}
