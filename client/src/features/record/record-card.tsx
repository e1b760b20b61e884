import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/late/copy-button.tsx'
import { Time } from '../../ui/time.tsx'
import { recordHeadQuery } from './api.ts'
import { Disagreement } from './disagreement.tsx'
import { shortKey } from './model.ts'
import classes from './record-card.module.css'
import { Witnesses } from './witnesses.tsx'

/** How often a page in sight asks how far the record is signed. Milliseconds. */
const glance = 15_000

/** The record on its plan's page: how far it is signed, the key that signs, and the way in. */
export default function RecordCard({ slug, recordKey }: { slug: string; recordKey: string }) {
  const { t } = useTranslation('record')
  const { data: head } = useQuery({ ...recordHeadQuery(slug), refetchInterval: glance })
  const waiting = head ? head.last - head.seq : 0
  return (
    <section aria-labelledby="record" className={classes.card}>
      <h2 id="record" className={classes.title}>
        {t('card.title')}
      </h2>
      <Disagreement slug={slug} />
      {head && (
        <p>
          {head.signed && head.seq > 0 ? (
            <>
              {t('card.signed', { seq: head.seq })} <Time value={head.signed.at} as="moment" />
            </>
          ) : (
            t('card.unsigned')
          )}
        </p>
      )}
      {/* An answer that was remembered from an older program has none. */}
      {head?.hash && (
        <>
          <p className={classes.soft}>
            {t('card.last', { seq: head.seq })}: <code>{head.hash}</code>
          </p>
          <div>
            <CopyButton
              text={`${head.seq}:${head.hash}`}
              variant="subtle"
              words={{ copy: t('card.copyHash'), copied: t('card.copied'), failed: t('card.copyHashFailed') }}
            />
          </div>
        </>
      )}
      {waiting > 0 && <p className={classes.soft}>{t('card.pending', { count: waiting })}</p>}
      <p className={classes.soft}>
        {t('card.key')}: <code title={recordKey}>{shortKey(recordKey)}</code>
        <br />
        {t('card.keyFor')}{' '}
        <Link to="/help/record" className={classes.why}>
          {t('why')}
        </Link>
      </p>
      <div className={classes.ways}>
        <Button
          variant="default"
          leftSection={<IconHistory aria-hidden size={20} />}
          renderRoot={(props) => <Link to="/plans/$slug/record" params={{ slug }} {...props} />}
        >
          {t('card.open')}
        </Button>
        <CopyButton
          text={recordKey}
          variant="subtle"
          words={{ copy: t('card.copy'), copied: t('card.copied'), failed: t('card.copyFailed') }}
        />
      </div>
      <Witnesses />
    </section>
  )
}
