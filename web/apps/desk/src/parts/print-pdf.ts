// Prints a file of the server through the browser's own reader, without leaving the page.
let frame: HTMLIFrameElement | null = null

export function print_pdf(address: string): void {
  frame?.remove()
  const made = document.createElement('iframe')
  made.className = 'print-frame'
  made.setAttribute('aria-hidden', 'true')
  made.tabIndex = -1
  made.addEventListener('load', () => {
    try {
      made.contentWindow?.focus()
      made.contentWindow?.print()
    } catch {
      // A reader outside the page: there it is printed by hand.
      window.open(address, '_blank', 'noopener')
    }
  })
  made.src = address
  document.body.append(made)
  frame = made
}
