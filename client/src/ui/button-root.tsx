import type { ComponentProps } from 'react'

interface ButtonRootProps extends ComponentProps<'button'> {
  /** What was pressed is being done. By this name Mantine's `loading` comes here. */
  'data-loading'?: boolean | undefined
}

/**
 * The element under every button that waits for an answer, its own or another's (`aria-disabled`). Meanwhile it cannot be
 * pressed and keeps the focus: one that is `disabled` loses it, and with it the keys of the panel that it stands in, and who
 * reads by ear their place (WAI-ARIA Authoring Practices, "Focusability of disabled controls").
 */
export function ButtonRoot({ disabled, onClick, type = 'button', 'data-loading': isBusy, ...rest }: ButtonRootProps) {
  if (!isBusy && rest['aria-disabled'] !== true)
    return <button {...rest} type={type} disabled={disabled} onClick={onClick} />
  const own = { type, 'data-loading': isBusy || undefined, 'aria-disabled': true }
  // Nor does it send its form, be it by Enter in one of the form's fields.
  return <button {...rest} {...own} onClick={(event) => event.preventDefault()} />
}
