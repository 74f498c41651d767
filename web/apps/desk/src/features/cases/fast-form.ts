// Forms at the speed of a counter: Enter goes to the next field, a digit picks the nth choice of a group.
export const CONTROLS =
  'input:not([type="hidden"], [type="file"], [disabled]), select:not([disabled]), textarea:not([disabled])'

const CHOICE = '[type="radio"], [type="checkbox"]'

/** The control after this one, in the order of the page; undefined at the end. */
export function field_after(
  fields: readonly HTMLElement[],
  current: Element | null,
): HTMLElement | undefined {
  const at = fields.findIndex((field) => field === current || field.contains(current))
  return fields[at + 1]
}

function is_in_group_of(one: Element, target: Element): boolean {
  const group = target.closest('fieldset')
  return one !== target && one.matches(CHOICE) && group !== null && one.closest('fieldset') === group
}

export function move_on(event: KeyboardEvent, root: HTMLElement): void {
  const target = event.target as HTMLElement
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
  if (event.key === 'Enter' && target.matches('input:not([type="file"], [role="combobox"]), select')) {
    event.preventDefault()
    const fields = [...root.querySelectorAll<HTMLElement>(CONTROLS)]
    const rest = target.matches(CHOICE) ? fields.filter((one) => !is_in_group_of(one, target)) : fields
    field_after(rest, target)?.focus()
  } else if (/^[1-9]$/.test(event.key) && target.matches(CHOICE)) {
    const choices = target.closest('fieldset')?.querySelectorAll<HTMLInputElement>(CHOICE)
    const choice = choices?.[Number(event.key) - 1]
    if (!choice) return
    event.preventDefault()
    choice.click()
    choice.focus()
  }
}
