import type { deskWindowZh } from './desk-window.zh'

export const deskWindowEn: Record<keyof typeof deskWindowZh, string> = {}
