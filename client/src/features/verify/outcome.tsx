import type { Report } from '@cabildo/record/verify'
import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import facts from '../../ui/late/facts.module.css'
import { Notice } from '../../ui/notice.tsx'
import { gravestFirst, type Verdict, verdictOf } from './model.ts'
import type { Verification } from './use-verifier.ts'
import classes from './verify-view.module.css'

interface OutcomeProps {
  verification: Verification & { state: 'done' }
  onAgain: () => void
  /** Somebody compared the file's own key and says that it is the published one. */
  onConfirm: (key: string) => void
}

/** How the verification ended: the verdict first, then everything that was found. */
export function Outcome({ verification: { answer, key }, onAgain, onConfirm }: OutcomeProps) {
  const { t } = useTranslation('record')
  const notice = useRef<HTMLDivElement>(null)
  // The verdict is what was waited for.
  useEffect(() => notice.current?.focus(), [])
  const again = (
    <Button variant="default" onClick={onAgain}>
      {t('verify.again')}
    </Button>
  )
  if (answer.kind !== 'report') {
    const what =
      answer.kind === 'failed'
        ? t('verify.failed')
        : t('verify.tooLarge', { limit: Math.floor(answer.limit / 1024 / 1024) })
    return (
      <Notice ref={notice} tone="problem" what={what} todo={answer.kind === 'failed' && t('verify.failedTodo')}>
        {again}
      </Notice>
    )
  }
  const { report, keys, rebuilt } = answer
  const verdict = verdictOf(report, key)
  const [own] = keys
  return (
    <div className={classes.outcome}>
      <Notice ref={notice} tone={tones[verdict]} what={t(`verify.${verdict}`)} todo={t(`verify.${todos[verdict]}`)}>
        {verdict === 'ownKey' && own !== undefined && (
          <>
            <code className={classes.key}>{own}</code>
            <Button onClick={() => onConfirm(own)}>{t('verify.confirm')}</Button>
          </>
        )}
        {again}
      </Notice>
      <About report={report} keys={keys} />
      <Findings report={report} rebuilt={rebuilt} />
    </div>
  )
}

const tones = {
  sound: 'good',
  ownKey: 'care',
  damaged: 'problem',
  incomplete: 'care',
  unknownKey: 'problem',
} as const satisfies Record<Verdict, string>

const todos = {
  sound: 'soundMore',
  ownKey: 'ownKeyTodo',
  damaged: 'damagedTodo',
  incomplete: 'incompleteTodo',
  unknownKey: 'unknownKeyTodo',
} as const satisfies Record<Verdict, string>

const counted = ['entries', 'payloads', 'versions', 'checkpoints'] as const

/** What the file is about, and how much of it was checked. */
function About({ report: { manifest, counts }, keys }: { report: Report; keys: readonly string[] }) {
  const { t } = useTranslation('record')
  if (!manifest) return null
  return (
    <dl className={facts.facts}>
      <dt>{t('verify.of')}</dt>
      <dd>{manifest.plan.title}</dd>
      <dt>{t('verify.origin')}</dt>
      <dd>{manifest.origin}</dd>
      <dt>{t('verify.keyUsed')}</dt>
      <dd>
        {keys.map((key) => (
          <div key={key}>
            <code>{key}</code>
          </div>
        ))}
      </dd>
      <dt>{t('verify.counts')}</dt>
      <dd>{counted.map((what) => t(`verify.${what}`, { count: counts[what] })).join(' · ')}</dd>
    </dl>
  )
}

/** Everything that was found, the gravest first, each with the entry and the file it is about. */
function Findings({ report, rebuilt }: { report: Report; rebuilt: boolean }) {
  const { t } = useTranslation('record')
  const language = useLanguage()
  return (
    <section className={classes.report} aria-labelledby="findings">
      <h2 id="findings">{t('verify.report')}</h2>
      {/* biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker */}
      <ul className={classes.findings} role="list">
        {gravestFirst(report.findings).map((finding) => (
          <li key={`${finding.code} ${finding.seq} ${finding.file} ${finding.es}`} data-level={finding.level}>
            <p>
              <strong>
                {t(`verify.level.${finding.level}`)}
                {finding.seq !== undefined && <> · {t('entry', { seq: finding.seq })}</>}
              </strong>
            </p>
            <p>{finding[language]}</p>
            {finding.file && <p className={classes.soft}>{finding.file}</p>}
          </li>
        ))}
      </ul>
      {!rebuilt && <p className={classes.soft}>{t('verify.notRebuilt')}</p>}
    </section>
  )
}
