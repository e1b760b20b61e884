import { refusalCode } from '../../lib/refusal.ts'
import { useOpenIdCode } from './api.ts'
import { CodeForm } from './code-form.tsx'

interface OpenIdCodeProps {
  onSignedIn: () => void
  onBack: () => void
  /** There is nothing to go on with any more: it took too long, or something changed meanwhile. */
  onOver: () => void
}

/** The second step after another sign-on, which vouched for the reader but not for a second factor. */
export function OpenIdCode({ onSignedIn, onBack, onOver }: OpenIdCodeProps) {
  const signIn = useOpenIdCode()
  return (
    <CodeForm
      pending={signIn.isPending}
      error={signIn.error}
      onCode={(code) =>
        signIn.mutate(code, {
          onSuccess: onSignedIn,
          onError: (error) => {
            const why = refusalCode(error)
            if (why === 'wrong_credentials' || why === 'conflict') onOver()
          },
        })
      }
      onBack={onBack}
    />
  )
}
