import { onBeforeUnmount, onMounted, readonly, ref, shallowReactive, toValue, watch } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { find_deed, heard_as, KeySequence, place_of } from './keys'
import type { KeyDeed, KeyLayer, LetterKeys } from './keys'

const KEPT_AS = 'tongban.desk.letter_keys'

interface LiveLayer {
  deeds: MaybeRefOrGetter<KeyDeed[]>
  closed: boolean
}

const layers = shallowReactive<LiveLayer[]>([])
const sequence = new KeySequence()
const letters = ref<LetterKeys>(kept())
let listening = false

function kept(): LetterKeys {
  const value = localStorage.getItem(KEPT_AS)
  return value === 'off' || value === 'with_alt' ? value : 'plain'
}

export const letter_keys = readonly(letters)

export function set_letter_keys(value: LetterKeys): void {
  letters.value = value
  localStorage.setItem(KEPT_AS, value)
}

function now_layers(): KeyLayer[] {
  return layers.map((layer) => ({ deeds: toValue(layer.deeds), closed: layer.closed }))
}

function hear(event: KeyboardEvent): void {
  if (event.defaultPrevented) return
  const place = place_of(event.target)
  const name = heard_as(event, place, letters.value)
  if (!name) return
  const deed = find_deed(now_layers(), sequence.take(name, event.timeStamp), place)
  if (!deed) return
  if (deed.run() !== false) event.preventDefault()
}

/** What `?` lists: every deed with words, from the top layer down, each key once. */
export function listed_deeds(): KeyDeed[] {
  const seen = new Set<string>()
  const listed: KeyDeed[] = []
  for (const layer of [...now_layers()].reverse()) {
    for (const deed of layer.deeds) {
      if (!deed.words || seen.has(deed.keys)) continue
      seen.add(deed.keys)
      listed.push(deed)
    }
  }
  return listed
}

/** Puts deeds on the keyboard while the component is there (or while `on` holds). */
export function use_keys(
  deeds: MaybeRefOrGetter<KeyDeed[]>,
  options: { closed?: boolean; on?: MaybeRefOrGetter<boolean> } = {},
): void {
  const layer: LiveLayer = { deeds, closed: options.closed ?? false }
  const leave = () => {
    const at = layers.indexOf(layer)
    if (at >= 0) layers.splice(at, 1)
  }
  const enter = () => {
    leave()
    layers.push(layer)
  }
  onMounted(() => {
    if (!listening) {
      window.addEventListener('keydown', hear)
      listening = true
    }
    if (options.on === undefined) enter()
  })
  if (options.on !== undefined) {
    watch(
      () => toValue(options.on),
      (on) => (on ? enter() : leave()),
      { immediate: true },
    )
  }
  onBeforeUnmount(leave)
}
