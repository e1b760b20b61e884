import { Button, NativeSelect } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { CopyButton } from '../../ui/late/copy-button.tsx'
import { Printed } from '../../ui/late/printed.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Bone } from '../../ui/waiting.tsx'
import { digestQuery } from './api.ts'
import classes from './news.module.css'

const spans = [1, 7, 30, 92] as const

/** What happened lately as a text that whoever runs the plan pastes into a group of messages, or prints for a wall. */
export function DigestPart({ slug }: { slug: string }) {
  const { t } = useTranslation('news')
  const language = useLanguage()
  const refusal = useRefusalWords()
  const [days, setDays] = useState<number>(7)
  const [prints, setPrints] = useState(false)
  const digest = useQuery(digestQuery(slug, days, language))
  const onPrinted = useCallback(() => setPrints(false), [])
  return (
    <section className={classes.share} aria-labelledby="share-news">
      <h2 id="share-news">{t('share.title')}</h2>
      <p className={classes.soft}>{t('share.lead')}</p>
      <NativeSelect
        label={t('share.span')}
        value={String(days)}
        onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}
        data={spans.map((span) => ({ value: String(span), label: t('share.days', { count: span }) }))}
      />
      {digest.error && <Notice tone="problem" urgent {...refusal(digest.error)} />}
      {digest.isPending && <Bone height="12rem" />}
      {digest.data && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box has to be reachable */}
          {/* biome-ignore lint/a11y/useSemanticElements: a section would be a landmark inside another of the same name */}
          <div role="group" aria-labelledby="share-news" tabIndex={0} className={classes.digest}>
            <pre>{digest.data.text}</pre>
          </div>
          <div className={classes.buttons}>
            <CopyButton
              variant="filled"
              text={digest.data.text}
              words={{ copy: t('share.copy'), copied: t('share.copied'), failed: t('share.failed') }}
            />
            <Button
              variant="default"
              leftSection={<IconPrinter size={20} aria-hidden />}
              onClick={() => setPrints(true)}
            >
              {t('share.print')}
            </Button>
          </div>
          {prints && (
            <Printed onDone={onPrinted}>
              <pre className={classes.paper}>{digest.data.text}</pre>
            </Printed>
          )}
        </>
      )}
    </section>
  )
}
