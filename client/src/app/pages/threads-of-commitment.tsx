import type { ComponentProps } from 'react'
import ThreadsPart from '../../features/threads/threads-part.tsx'
import { MakeInput } from './make-input.tsx'

/** The threads on a text of a plan, whose inputs a comment may become one of. */
export default function ThreadsOfCommitment(
  props: Omit<ComponentProps<typeof ThreadsPart>, 'asInput'> & { slug: string },
) {
  const { slug, ...rest } = props
  const { documentId } = props.session
  return (
    <ThreadsPart
      {...rest}
      asInput={({ id }, about) => <MakeInput slug={slug} said={{ documentId, threadId: id }} about={about} />}
    />
  )
}
