// Whether somebody sits at the desk. Asking the server in the background would keep a session alive for ever,
// so the background stops asking when nobody has touched anything for a while; the session then ends as it should.
const PATIENCE_MS = 5 * 60_000
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

let last_sign = Date.now()

export function watch_presence(): void {
  for (const sign of SIGNS) {
    window.addEventListener(
      sign,
      () => {
        last_sign = Date.now()
      },
      { passive: true, capture: true },
    )
  }
}

export function is_present(now: number, since: number): boolean {
  return now - since <= PATIENCE_MS
}

export function somebody_is_here(): boolean {
  return document.visibilityState === 'visible' && is_present(Date.now(), last_sign)
}
