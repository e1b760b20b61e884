import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { Refusal } from './refusal.ts'

/** Refusals that the same question will meet again now; asking twice only makes people wait. */
const isFinal = (error: unknown) =>
  error instanceof Refusal &&
  ((error.status >= 400 && error.status < 500) || (error.code === 'offline' && globalThis.navigator?.onLine === false))

/**
 * The one store of answers. Questions are asked again twice when the server was away or the network cut, never when it
 * refused. `onSignedOut` hears of every refusal that means the session has ended, `onSecondFactorMissing` of every one
 * that means it has yet to show a second factor.
 */
export function createQueryClient({
  onSignedOut,
  onSecondFactorMissing = () => {},
}: {
  onSignedOut: () => void
  onSecondFactorMissing?: () => void
}): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof Refusal && error.code === 'signed_out') onSignedOut()
    if (error instanceof Refusal && error.code === 'second_factor_missing') onSecondFactorMissing()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (count, error) => count < 2 && !isFinal(error), networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  })
}
