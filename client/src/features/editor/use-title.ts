import { titleOf } from '@cabildo/schema/title'
import { useEffect, useState } from 'react'
import type * as Y from 'yjs'

/** The title of a document as it is now. */
export function useTitle(doc: Y.Doc): string {
  const [title, setTitle] = useState(() => titleOf(doc))
  useEffect(() => {
    const fragment = doc.getXmlFragment('title')
    const look = () => setTitle(titleOf(doc))
    look()
    fragment.observeDeep(look)
    return () => fragment.unobserveDeep(look)
  }, [doc])
  return title
}
