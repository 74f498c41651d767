export const legalZh = {} as const
