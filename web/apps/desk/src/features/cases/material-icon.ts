import type { CaseMaterial } from '../../contract'

const ICONS = { waived: 'check', licence: 'check', promise: 'pen', upload: 'upload', window: 'pen' } as const

export function icon_of(way: CaseMaterial['way']): (typeof ICONS)[keyof typeof ICONS] {
  return ICONS[way]
}
