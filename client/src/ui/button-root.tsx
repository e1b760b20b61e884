import type { ComponentProps } from 'react'

interface ButtonRootProps extends ComponentProps<'button'> {
  /** What was pressed is being done. By this name Mantine's `loading` comes here. */
  'data-loading'?: boolean | undefined
}

/**
 * The element under every button that waits for an answer. Meanwhile it cannot be pressed again and keeps the focus: one
 * that is `disabled` loses it, and with it the keys of the panel that it stands in, and who reads by ear their place
 * (WAI-ARIA Authoring Practices, "Focusability of disabled controls").
 */
export function ButtonRoot({ disabled, onClick, type = 'button', 'data-loading': isBusy, ...rest }: ButtonRootProps) {
  if (!isBusy) return <button {...rest} type={type} disabled={disabled} onClick={onClick} />
  // Nor does it send its form, be it by Enter in one of the form's fields.
  return <button {...rest} type={type} data-loading aria-disabled onClick={(event) => event.preventDefault()} />
}
