// The second screen of a counter: one browser window, opened once in the morning and dragged over to the person's
// side. It shows who is being served next, and the page to confirm when there is one.
const NAME = 'tongban-second-screen'
let screen_window: Window | null = null

const resting = '/desk/second-screen'

export function second_screen_is_open(): boolean {
  return screen_window !== null && !screen_window.closed
}

/** False where the browser did not let a window open. */
export function open_second_screen(): boolean {
  if (second_screen_is_open()) {
    screen_window?.focus()
    return true
  }
  screen_window = window.open(resting, NAME, 'popup,width=1024,height=768')
  return screen_window !== null
}

/** Shows a page on the screen that is open; false when there is none. */
export function show_on_second_screen(address: string): boolean {
  if (!second_screen_is_open() || !screen_window) return false
  screen_window.location.href = address
  return true
}

export function rest_second_screen(): void {
  if (second_screen_is_open() && screen_window) screen_window.location.href = resting
}
