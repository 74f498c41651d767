import { describe, expect, it, vi } from 'vitest'
import { find_deed, heard_as, KeySequence, name_of_press } from '../src/frame/keys'
import type { KeyDeed, Press } from '../src/frame/keys'

function press(key: string, more: Partial<Press> = {}): Press {
  return {
    key,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    isComposing: false,
    ...more,
  }
}
const deed = (keys: string, in_inputs = false): KeyDeed => ({ keys, in_inputs, run: vi.fn() })

describe('the name of a press', () => {
  it.each([
    [press('j'), 'J'],
    [press('J', { shiftKey: true }), 'J'],
    [press('?', { shiftKey: true }), '?'],
    [press('？', { shiftKey: true }), '?'],
    [press('Escape'), 'Esc'],
    [press(' '), 'Space'],
    [press('Enter', { ctrlKey: true }), 'Ctrl Enter'],
    [press('Enter', { metaKey: true }), 'Ctrl Enter'],
    [press('¡', { altKey: true, code: 'Digit1' }), 'Alt 1'],
    [press('∆', { altKey: true, code: 'KeyJ' }), 'Alt J'],
    [press('ArrowDown'), 'ArrowDown'],
    [press('Control', { ctrlKey: true }), ''],
    [press('Process'), ''],
  ])('%#', (given, name) => {
    expect(name_of_press(given)).toBe(name)
  })
})

describe('who hears a key', () => {
  it('gives letters to the page, never to a field', () => {
    expect(heard_as(press('c'), 'page', 'plain')).toBe('C')
    expect(heard_as(press('c'), 'control', 'plain')).toBe('C')
    expect(heard_as(press('c'), 'input', 'plain')).toBe('')
    expect(heard_as(press('/'), 'input', 'plain')).toBe('')
  })
  it('hears nothing while an input method composes', () => {
    expect(heard_as(press('c', { isComposing: true }), 'page', 'plain')).toBe('')
    expect(heard_as(press('Enter', { ctrlKey: true, keyCode: 229 }), 'input', 'plain')).toBe('')
  })
  it('can be switched off, or moved behind Alt', () => {
    expect(heard_as(press('c'), 'page', 'off')).toBe('')
    expect(heard_as(press('c'), 'page', 'with_alt')).toBe('')
    expect(heard_as(press('c', { altKey: true, code: 'KeyC' }), 'page', 'with_alt')).toBe('C')
    expect(heard_as(press('c', { altKey: true, code: 'KeyC' }), 'page', 'off')).toBe('Alt C')
    expect(heard_as(press('Enter', { ctrlKey: true }), 'page', 'off')).toBe('Ctrl Enter')
  })
  it('leaves Enter and Space to the button they stand on', () => {
    expect(heard_as(press('Enter'), 'control', 'plain')).toBe('')
    expect(heard_as(press(' '), 'input', 'plain')).toBe('')
    expect(heard_as(press('Enter'), 'page', 'plain')).toBe('Enter')
  })
  it('keeps Alt with a digit for phrases inside the text', () => {
    expect(heard_as(press('1', { altKey: true, code: 'Digit1' }), 'input', 'plain')).toBe('Alt 1')
    expect(heard_as(press('1', { altKey: true, code: 'Digit1' }), 'input', 'with_alt')).toBe('Alt 1')
  })
})

describe('sequences', () => {
  it('joins G and a digit while patience lasts', () => {
    const sequence = new KeySequence(1000)
    expect(sequence.take('G', 0)).toEqual(['G'])
    expect(sequence.take('2', 500)).toEqual(['G 2', '2'])
    expect(sequence.take('3', 600)).toEqual(['3'])
    sequence.take('G', 2000)
    expect(sequence.take('2', 3500)).toEqual(['2'])
  })
})

describe('layers', () => {
  const low = { deeds: [deed('C'), deed('Esc', true)], closed: false }
  it('asks the top first and falls through an open layer', () => {
    const top = { deeds: [deed('J')], closed: false }
    expect(find_deed([low, top], ['C'], 'page')).toBe(low.deeds[0])
  })
  it('lets a dialog hide what lies below', () => {
    const dialog = { deeds: [deed('Ctrl Enter', true)], closed: true }
    expect(find_deed([low, dialog], ['C'], 'page')).toBeUndefined()
    expect(find_deed([low, dialog], ['Ctrl Enter'], 'input')).toBe(dialog.deeds[0])
  })
  it('gives a field only the deeds meant for it', () => {
    expect(find_deed([low], ['C'], 'input')).toBeUndefined()
    expect(find_deed([low], ['Esc'], 'input')).toBe(low.deeds[1])
  })
  it('prefers the whole sequence', () => {
    const queue = { deeds: [deed('2'), deed('G 2')], closed: false }
    expect(find_deed([queue], ['G 2', '2'], 'page')?.keys).toBe('G 2')
  })
})
