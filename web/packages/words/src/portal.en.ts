import type { portalZh } from './portal.zh'

export const portalEn: Record<keyof typeof portalZh, string> = {}
