// The keyboard of the desk: what a key press is called, when a letter key may act, and who hears it.
// Letters act only outside inputs and never while a Chinese input method is composing (WCAG 2.1.4:
// they can be
// switched off, or moved behind Alt).

export type LetterKeys = 'plain' | 'with_alt' | 'off'

export interface Press {
  key: string
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
  metaKey: boolean
  isComposing: boolean
  /** Some browsers report composition only by this number. */
  keyCode?: number
  code?: string
}

export interface KeyDeed {
  /** As written on a key cap: `J`, `Enter`, `Ctrl Enter`, `Alt 1`, `G 2`, `?`. */
  keys: string
  /** Key of the words that say what it does; deeds without one are not listed under `?`. */
  words?: string
  /** Works inside inputs too (Ctrl Enter, Alt 1, Esc). */
  in_inputs?: boolean
  /** Returning false leaves the press to the browser. */
  run: () => unknown
}

const LETTER = /^([A-Z]|[0-9]|\?|\/)$/

/** `ctrl+Enter` in the desk's own spelling: `Ctrl Enter`. Empty for a bare modifier. */
export function name_of_press(press: Press): string {
  if (['Control', 'Alt', 'Shift', 'Meta', 'Process', 'Dead'].includes(press.key)) return ''
  let key = press.key.length === 1 ? press.key.toUpperCase() : press.key
  // Alt changes the character on some keyboards; the place of the key does not change.
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(press.code ?? '')
  const letter = /^Key([A-Z])$/.exec(press.code ?? '')
  if (press.altKey && digit?.[1]) key = digit[1]
  else if (press.altKey && letter?.[1]) key = letter[1]
  if (key === '？') key = '?'
  if (key === ' ') key = 'Space'
  if (key === 'Escape') key = 'Esc'
  const names: string[] = []
  if (press.ctrlKey || press.metaKey) names.push('Ctrl')
  if (press.altKey) names.push('Alt')
  if (press.shiftKey && key.length > 1) names.push('Shift')
  names.push(key)
  return names.join(' ')
}

export function is_composing(press: Press): boolean {
  return press.isComposing || press.key === 'Process' || press.keyCode === 229
}

/**
 * Text fields and choices swallow letters; buttons and links do not, but Enter and Space on them stay
 * theirs.
 */
export type Place = 'page' | 'control' | 'input'

export function place_of(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return 'page'
  if (target.closest('textarea, select, [contenteditable="true"], [role="combobox"], [role="listbox"]'))
    return 'input'
  const input = target.closest('input')
  if (input) return ['checkbox', 'radio', 'button', 'submit'].includes(input.type) ? 'control' : 'input'
  return target.closest('a, button, summary, [role="tab"], [role="radio"]') ? 'control' : 'page'
}

/**
 * The name under which the deeds are asked, or '' when the press is not for them.
 * With `with_alt`, `Alt J` stands for `J`; Alt with a digit stays itself, because it inserts a phrase.
 */
export function heard_as(press: Press, place: Place, letters: LetterKeys): string {
  if (is_composing(press)) return ''
  const name = name_of_press(press)
  if (!name) return ''
  if (LETTER.test(name)) {
    if (letters !== 'plain' || place === 'input') return ''
    return name
  }
  const alone = /^Alt (.)$/.exec(name)?.[1]
  if (alone && LETTER.test(alone) && letters === 'with_alt' && place !== 'input') return alone
  if ((name === 'Enter' || name === 'Space') && place !== 'page') return ''
  return name
}

/** Keys in sequence: `G` then `2`. Forgets the first key after `patience_ms`. */
export class KeySequence {
  private first = ''
  private since = 0

  constructor(private readonly patience_ms = 1500) {}

  /** All names this press may stand for, the longest first. */
  take(name: string, now: number): string[] {
    const waiting = this.first && now - this.since <= this.patience_ms ? this.first : ''
    this.first = /^[A-Z]$/.test(name) ? name : ''
    this.since = now
    return waiting ? [`${waiting} ${name}`, name] : [name]
  }
}

/**
 * The deed a press calls: the top layer is asked first, and a closed layer (a dialog) hides those
 * below it.
 */
export interface KeyLayer {
  deeds: KeyDeed[]
  closed: boolean
}

export function find_deed(
  layers: readonly KeyLayer[],
  names: readonly string[],
  place: Place,
): KeyDeed | undefined {
  for (let at = layers.length - 1; at >= 0; at--) {
    const layer = layers[at]
    if (!layer) continue
    for (const name of names) {
      const deed = layer.deeds.find((one) => one.keys === name && (place !== 'input' || one.in_inputs))
      if (deed) return deed
    }
    if (layer.closed) return undefined
  }
  return undefined
}
