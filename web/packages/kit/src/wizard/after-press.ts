// A field is often left by pressing a button. What is said of the field then must wait for the press to end: words
// put in above the button would move it away from under the pointer, and the press would be lost.
let pressed = false

if (typeof window !== 'undefined') {
  window.addEventListener('pointerdown', () => (pressed = true), true)
  for (const end of ['pointerup', 'pointercancel'])
    window.addEventListener(end, () => (pressed = false), true)
}

/** Runs once no pointer is down and its click was delivered. */
export function after_press(run: () => void): void {
  if (!pressed) {
    setTimeout(run)
    return
  }
  const ends = ['pointerup', 'pointercancel']
  const ended = (): void => {
    ends.forEach((end) => window.removeEventListener(end, ended))
    setTimeout(run)
  }
  ends.forEach((end) => window.addEventListener(end, ended))
}
