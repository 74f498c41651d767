// The blocks of an intake on one page, in order, and where Ctrl Enter leads: to the first block that still needs
// something, then to the person's confirmation, then to handing in.
export type BlockKind = 'data' | 'form' | 'materials' | 'collection' | 'confirm'

export interface Block {
  id: string
  kind: BlockKind
  title: string
  /** how many things are still missing */
  missing: number
}

export type Next = { go: string } | 'confirm' | 'submit'

/**
 * From `at` on, then round from the top: a clerk goes down the page, and what was passed by is come back to.
 */
export function next_of(blocks: readonly Block[], at: string, confirmed: boolean): Next {
  const work = blocks.filter((block) => block.kind !== 'confirm')
  const here = work.findIndex((block) => block.id === at)
  const order = [...work.slice(here + 1), ...work.slice(0, here + 1)]
  const wanting = order.find((block) => block.missing > 0)
  if (wanting) return { go: wanting.id }
  return confirmed ? 'submit' : 'confirm'
}

export function missing_in(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + block.missing, 0)
}
