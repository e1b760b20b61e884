import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** The way to the words of one input in a commitment, for `WordsChanged`. */
export const originLink =
  (slug: string, input: number) =>
  (to: { commitment: number }, words: string, about: string): ReactNode => (
    <Button
      variant="subtle"
      px="xs"
      aria-label={`${words}: ${about}`}
      renderRoot={(props) => (
        <Link
          to="/plans/$slug/commitments/$number"
          params={{ slug, number: String(to.commitment) }}
          search={{ origin: input }}
          {...props}
        />
      )}
    >
      {words}
    </Button>
  )
