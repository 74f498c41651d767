// What the pages say about a source, drawn from its contract shape.
import { language } from '@tongban/words/desk'
import type { Lamp, SourceCall, SourceHealth } from '../../contract'

type State = SourceHealth['state']

const SHAPES: Record<State, Lamp['shape']> = {
  ok: 'green',
  slow: 'yellow',
  down: 'red',
  paused: 'pause',
  unknown: 'none',
}

export function shape_of(state: State): Lamp['shape'] {
  return SHAPES[state]
}

const ORDER: State[] = ['down', 'paused', 'slow', 'ok', 'unknown']

/** What needs somebody first, then by how much is asked of it. */
export function by_need(sources: readonly SourceHealth[]): SourceHealth[] {
  return [...sources].sort(
    (one, other) =>
      ORDER.indexOf(one.state) - ORDER.indexOf(other.state) ||
      other.calls_today - one.calls_today ||
      one.source.localeCompare(other.source),
  )
}

/** How many stand in each state that is not well. */
export function troubled(sources: readonly SourceHealth[]): number {
  return sources.filter((one) => one.state === 'down' || one.state === 'paused' || one.state === 'slow')
    .length
}

/** 620 毫秒 below a second, 1.4 秒 above. */
export function seconds_of(ms: number): string {
  return ms < 1000 ? String(ms) : (ms / 1000).toFixed(1)
}

export type CallTone = 'good' | 'plain' | 'warned' | 'wrong'

const TONES: Record<string, CallTone> = {
  found: 'good',
  none: 'plain',
  several: 'warned',
  late: 'warned',
  asking: 'plain',
  down: 'wrong',
  wrong: 'wrong',
  refused: 'wrong',
}

export function tone_of_call(call: Pick<SourceCall, 'outcome'>): CallTone {
  return TONES[call.outcome] ?? 'plain'
}

/** Names of packs are Chinese, with English beside them. */
export function name_of(one: { name: string; name_en?: string | undefined }): string {
  return language.value === 'en' && one.name_en ? one.name_en : one.name
}
