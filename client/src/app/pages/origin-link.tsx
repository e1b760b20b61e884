import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { textAddress } from '../../lib/text-address.ts'

/** The way to the words of one input in a text, for `WordsChanged`. */
export const originLink =
  (slug: string, input: number) =>
  (to: { commitment: number }, words: string, about: string): ReactNode => (
    <Button
      variant="subtle"
      px="xs"
      aria-label={`${words}: ${about}`}
      renderRoot={(props) => <Link {...textAddress(slug, to.commitment)} search={{ origin: input }} {...props} />}
    >
      {words}
    </Button>
  )
