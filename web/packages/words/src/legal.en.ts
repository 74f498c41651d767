import type { legalZh } from './legal.zh'

export const legalEn: Record<keyof typeof legalZh, string> = {}
