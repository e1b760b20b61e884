import { Button } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../lib/call.ts'
import { useEntering } from '../../lib/entering.ts'
import { notUsed, signWithPasskey } from '../../lib/passkeys.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'

/** Signs in with a passkey: a touch, a face or the device's own code, in place of e-mail and password. */
export function PasskeyButton({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation('session')
  const words = useRefusalWords()
  const enter = useEntering()
  const signIn = useMutation({
    mutationFn: async () => {
      const challenge = await call('POST /api/session/passkey/options')
      return call('POST /api/session/passkey', { body: { response: await signWithPasskey(challenge) } })
    },
    onSuccess: ({ user }) => {
      enter(user)
      onSignedIn()
    },
  })
  const { error } = signIn
  const isUnknown = refusalCode(error) === 'wrong_credentials'
  return (
    <>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconFingerprint aria-hidden size={22} />}
        loading={signIn.isPending}
        onClick={() => signIn.mutate()}
      >
        {t('passkey.button')}
      </Button>
      {error && notUsed(error) && <Notice tone="care" urgent what={t('passkey.notUsed')} todo={t('passkey.other')} />}
      {error && !notUsed(error) && (
        <Notice
          tone="problem"
          urgent
          {...(isUnknown ? { what: t('passkey.unknown'), todo: t('passkey.other') } : words(error))}
        />
      )}
    </>
  )
}
