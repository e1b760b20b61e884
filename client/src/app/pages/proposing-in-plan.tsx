import type { ComponentProps } from 'react'
import Proposing from '../../features/proposals/proposing.tsx'
import { MakeInput } from './make-input.tsx'

/** Proposing in a text of a plan, whose inputs a proposal may become one of. */
export default function ProposingInPlan({ slug, ...props }: ComponentProps<typeof Proposing> & { slug: string }) {
  const { documentId } = props.open.session
  return (
    <Proposing
      {...props}
      asInput={({ id }, about) => <MakeInput slug={slug} said={{ documentId, proposalId: id }} about={about} />}
    />
  )
}
