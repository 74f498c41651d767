import type { CaseMaterial } from '../../contract'

const ICONS = { waived: 'check', licence: 'card', promise: 'pen', upload: 'upload', window: 'shop' } as const

export function icon_of(way: CaseMaterial['way']): (typeof ICONS)[keyof typeof ICONS] {
  return ICONS[way]
}
