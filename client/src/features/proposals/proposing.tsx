import type { ComponentProps } from 'react'
import type { DocumentSession } from '../../sync/session.ts'
import { Part, PartFailure } from '../../ui/part.tsx'
import type { Editors } from './in-text.tsx'
import ModeBar from './mode-bar.tsx'
import type { AsInput } from './proposal-card.tsx'
import { ProposeForm } from './propose-form-part.ts'

type ProposingProps = {
  /** The text that is open. */
  open: { session: DocumentSession; document: { epoch: number }; hub: Editors }
  asInput?: AsInput | undefined
} & (
  | { bar: Omit<ComponentProps<typeof ModeBar>, 'session' | 'editors' | 'epoch' | 'asInput'> }
  | { form: Omit<ComponentProps<typeof ProposeForm>, 'session' | 'epoch'> }
)

/** What proposing puts around a text: the choice of modes above it, or the form over a copy. One file to fetch at first. */
export default function Proposing({ open: { session, document, hub }, asInput, ...props }: ProposingProps) {
  const { epoch } = document
  if ('bar' in props) return <ModeBar {...{ session, epoch, asInput }} editors={hub} {...props.bar} />
  return (
    <Part failed={(error) => <PartFailure error={error} />}>
      <ProposeForm key={props.form.revised?.id} session={session} epoch={epoch} {...props.form} />
    </Part>
  )
}
