// What a window reads: intake, papers, serving, special steps, data of a case.
export const deskWindowZh = {}
