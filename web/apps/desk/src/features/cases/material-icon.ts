import type { CaseMaterial } from '../../contract'

const ICONS = { waived: 'check', promise: 'pen', upload: 'upload' } as const

export function icon_of(way: CaseMaterial['way']): (typeof ICONS)[keyof typeof ICONS] {
  return ICONS[way]
}
