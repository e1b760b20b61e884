import { type ComponentProps, lazy } from 'react'
import { withWords } from '../../locales/late.ts'
import { Part } from '../../ui/part.tsx'

const Button = lazy(withWords(['inputs'], () => import('../../features/inputs/make-input.tsx')))

/** The button that makes what was said beside a text an input, in its own time: what it stands beside does not wait for it. */
export function MakeInput(props: ComponentProps<typeof Button>) {
  return (
    <Part>
      <Button {...props} />
    </Part>
  )
}
