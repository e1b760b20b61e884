import { useEffect, useState } from 'react'

/**
 * Asks once more for a list that does not have what an address names, under whatever `name` tells one address from another: the
 * list may be older, on this device or in this page, than what somebody else added and a link leads to. What is on its way
 * already will do. Answers whether the answer came, or failed to.
 */
export function useAskedAgain(
  isMissing: boolean,
  name: string,
  ask: (how: { cancelRefetch: false }) => Promise<unknown>,
): boolean {
  const [asked, setAsked] = useState<string>()
  useEffect(() => {
    if (!isMissing) return setAsked(undefined)
    if (asked === name) return
    let isLeft = false
    void ask({ cancelRefetch: false }).then(() => {
      if (!isLeft) setAsked(name)
    })
    return () => {
      isLeft = true
    }
  }, [isMissing, asked, name, ask])
  return isMissing && asked === name
}
