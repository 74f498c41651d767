import type { deskZh } from './desk.zh'

export const deskEn: Record<keyof typeof deskZh, string> = {}
