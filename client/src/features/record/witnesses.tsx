import type { RecordStatus } from '@cabildo/protocol/http/witnesses'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { momentWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { Notice } from '../../ui/notice.tsx'
import { recordStatusQuery } from './api.ts'
import classes from './witnesses.module.css'

/** Milliseconds between two looks: witnesses come about once a minute. */
const every = 60_000

/**
 * Who outside the installation signs its record too, and an alarm when the record is not what it was. Needs the late
 * words `witnesses`: `lazy(withWords(['witnesses'], () => import('…/witnesses.tsx')))`.
 */
export function Witnesses() {
  const { t } = useTranslation('witnesses')
  const status = useQuery({ ...recordStatusQuery, refetchInterval: every })
  if (status.data) return <WitnessesShown status={status.data} />
  return status.isError ? <Notice tone="info" what={t('unknown')} /> : null
}

function WitnessesShown({ status: { head, witnesses, alarm } }: { status: RecordStatus }) {
  const { t } = useTranslation('witnesses')
  const signed = witnesses.filter(({ last }) => last !== null).length
  return (
    <section className={classes.part} aria-label={t('title')}>
      {alarm && <Alarm alarm={alarm} />}
      <h3>{t('title')}</h3>
      {witnesses.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <>
          <p>{t('count', { signed, all: witnesses.length })}</p>
          <ul className={classes.list}>
            {witnesses.map((witness) => (
              <Witness key={witness.vkey} witness={witness} total={head?.size ?? 0} />
            ))}
          </ul>
          <p>{t('why')}</p>
        </>
      )}
    </section>
  )
}

function Witness({ witness: { name, last }, total }: { witness: RecordStatus['witnesses'][number]; total: number }) {
  const { t } = useTranslation('witnesses')
  const language = useLanguage()
  if (!last) return <li>{t('notYet', { name })}</li>
  const { size, at } = last
  const missing = total - size
  return (
    <li>
      {t('signed', { name, time: momentWords(at, language) })}
      {missing > 0 && ` ${t('behind', { size, count: missing })}`}
    </li>
  )
}

function Alarm({ alarm: { kind, size, at } }: { alarm: NonNullable<RecordStatus['alarm']> }) {
  const { t } = useTranslation('witnesses')
  const language = useLanguage()
  return (
    <Notice
      tone="problem"
      urgent
      what={t(`alarm.${kind}.what`)}
      kept={t(`alarm.${kind}.kept`, { size })}
      todo={t(`alarm.${kind}.todo`)}
    >
      {at && <span>{t('alarm.since', { time: momentWords(at, language) })}</span>}
    </Notice>
  )
}
