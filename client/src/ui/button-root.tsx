import type { ComponentProps } from 'react'

interface ButtonRootProps extends ComponentProps<'button'> {
  /** What Mantine's `loading` comes as: what was pressed is being done. */
  'data-loading'?: boolean
}

/**
 * The element under every button. While what was pressed is being done it cannot be pressed again and keeps the focus: one
 * that is `disabled` loses it, and with it the keys of the panel that it stands in, and who reads by ear their place
 * (WAI-ARIA Authoring Practices, "Focusability of disabled controls").
 */
export function ButtonRoot({ disabled, onClick, type = 'button', ...rest }: ButtonRootProps) {
  if (!rest['data-loading']) return <button {...rest} type={type} disabled={disabled} onClick={onClick} />
  // Pressing it sends no form either, be it by Enter in one of the form's fields.
  return <button {...rest} type={type} aria-disabled onClick={(event) => event.preventDefault()} />
}
