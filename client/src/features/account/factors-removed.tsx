import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../lib/call.ts'
import { Notice } from '../../ui/notice.tsx'
import { Time } from '../../ui/time.tsx'
import { useRenewal } from './api.ts'

/** Tells somebody that their second step was removed for them, until they say that they read it. */
export default function FactorsRemoved({ at }: { at: string }) {
  const { t } = useTranslation('account')
  const renew = useRenewal()
  const seen = useMutation({
    mutationFn: () => call('POST /api/profile/factor-reset/seen', { body: {} }),
    onSuccess: renew,
  })
  return (
    <Notice
      tone="care"
      what={
        <>
          {t('factorsRemoved.what')} <Time value={at} as="moment" />
        </>
      }
      kept={t('factorsRemoved.kept')}
      todo={t('factorsRemoved.todo')}
    >
      <Link to="/profile">{t('factorsRemoved.profile')}</Link>
      <Button variant="default" loading={seen.isPending} onClick={() => seen.mutate()}>
        {t('factorsRemoved.seen')}
      </Button>
    </Notice>
  )
}
