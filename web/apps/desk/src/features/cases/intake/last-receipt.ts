// What was handed in last, for the page that follows. Memory only.
import { shallowRef } from 'vue'
import type { Receipt } from '@tongban/api'

export interface HandedIn {
  receipt: Receipt
  applicant: string
}

export const last_receipt = shallowRef<HandedIn>()
