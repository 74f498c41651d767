// Sources that were asked in vain, told where the person does without them: before the fields they would have
// filled, on the papers they would have replaced.
import type { DataSource } from '@tongban/api'
import type { Field } from './form-port'
import type { Paper } from './steps'
import { is_trouble } from './use-data'

const source_of = (field: Field): string[] =>
  [field, ...(field.fields ?? [])].flatMap((one) => (one.source ? [one.source.split('.')[0]!] : []))

/** By field: the silent sources it is the first to miss. `filled`: what a source gave all the same. */
export function silent_before(
  fields: Field[],
  sources: DataSource[],
  filled: (field: Field) => boolean,
): Map<string, DataSource[]> {
  const told = new Set<string>()
  const before = new Map<string, DataSource[]>()
  for (const field of fields) {
    if (filled(field)) continue
    const wanted = source_of(field)
    const silent = sources.filter((one) => is_trouble(one) && wanted.includes(one.key) && !told.has(one.key))
    if (silent.length) before.set(field.key, silent)
    silent.forEach((one) => told.add(one.key))
  }
  return before
}

export interface SilentPaper {
  source: DataSource
  /** a paper above says it already */
  again: boolean
}

const bare = (sentence: string): string => sentence.replace(/[。.]$/, '')

/** By paper: the silent source because of which it is asked. The server says the same words of both. */
export function silent_papers(papers: Paper[], sources: DataSource[]): Map<string, SilentPaper> {
  const told = new Set<string>()
  const found = new Map<string, SilentPaper>()
  for (const { key, offer } of papers) {
    const source = sources.find(
      (one) => is_trouble(one) && one.outcome_text !== '' && bare(one.outcome_text) === bare(offer.because),
    )
    if (!source) continue
    found.set(key, { source, again: told.has(source.key) })
    told.add(source.key)
  }
  return found
}
