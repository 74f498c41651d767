export const portalZh = {} as const
