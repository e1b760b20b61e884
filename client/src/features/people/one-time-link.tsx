import type { OneTimeLink } from '@cabildo/protocol/http/people'
import { Button } from '@mantine/core'
import { IconQrcode, IconShare } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/late/copy-button.tsx'
import { QrCode } from '../../ui/late/qr-code.tsx'
import { Time } from '../../ui/time.tsx'
import classes from './one-time-link.module.css'

interface OneTimeLinkViewProps {
  link: OneTimeLink
  /** Whose it is. */
  name: string
  /** What to write to them, the link in it. */
  message: string
}

/**
 * A one-time link with every way to hand it over. A message is shared by the device itself or copied: an address of
 * WhatsApp's site with the message in it would show the secret to that site.
 */
export function OneTimeLinkView({ link, name, message }: OneTimeLinkViewProps) {
  const { t } = useTranslation('people')
  const [showsQr, setShowsQr] = useState(false)
  const copied = { copied: t('link.copied'), failed: t('link.copyFailed') }
  const canShare = typeof navigator.share === 'function'
  return (
    <div className={classes.link}>
      {link.mailed && <p>{t('link.mailed')}</p>}
      <p className={classes.soft}>
        {t('link.once')} <Time value={link.expiresAt} as="moment" />
      </p>
      <p className={classes.url}>
        <code>{link.url}</code>
      </p>
      <div className={classes.buttons}>
        <CopyButton text={message} about={name} words={{ copy: t('link.copyMessage'), ...copied }} />
        <CopyButton text={link.url} about={name} words={{ copy: t('link.copy'), ...copied }} />
        {canShare && (
          <Button
            variant="default"
            leftSection={<IconShare size={20} aria-hidden />}
            // Closing the device's own question is no failure.
            onClick={() => void navigator.share({ text: message }).catch(() => {})}
          >
            {t('link.share')}
            <span className="cb-hidden">: {name}</span>
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconQrcode size={20} aria-hidden />}
          aria-expanded={showsQr}
          onClick={() => setShowsQr(!showsQr)}
        >
          {t('link.qr')}
          <span className="cb-hidden">: {name}</span>
        </Button>
      </div>
      {showsQr && <QrCode text={link.url} label={t('link.qrOf', { name })} />}
    </div>
  )
}
