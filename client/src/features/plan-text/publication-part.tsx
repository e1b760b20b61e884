import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { publicPage } from '../../lib/public-page.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useLedOn } from '../../lib/use-led-on.ts'
import { Notice } from '../../ui/notice.tsx'
import { planPublicationQuery, usePublishText } from './api.ts'
import classes from './known.module.css'

/** What the public reads of the plan's own text, and, for who coordinates, the way to publish its newest version. */
export function PublicationPart({ slug }: { slug: string }) {
  const { t } = useTranslation('planText')
  const language = useLanguage()
  const words = useRefusalWords()
  const { data } = useQuery(planPublicationQuery(slug))
  const publishing = usePublishText(slug)
  const told = useLedOn<HTMLParagraphElement>(data?.published?.contentHash, publishing.isSuccess)
  if (!data) return null
  const { published, newest, may } = data
  const isNew = newest !== null && newest.contentHash !== published?.contentHash
  return (
    <section className={classes.known} aria-labelledby="what-the-public-reads">
      <h3 id="what-the-public-reads" className={classes.title}>
        {t('publication.title')}
      </h3>
      <p className={classes.line} ref={told} tabIndex={-1}>
        {published
          ? t(published.name === null ? 'publication.published' : 'publication.publishedNamed', {
              ...{ number: published.number, name: published.name, day: dayWords(published.publishedAt, language) },
            })
          : t('publication.none')}
      </p>
      {published && (
        <a className={classes.link} href={publicPage(slug, language)}>
          {t('publication.see')}
        </a>
      )}
      {may.publish && (
        <div className={classes.actions}>
          {newest === null && <p className={classes.said}>{t('publication.noVersion')}</p>}
          {newest && !isNew && <p className={classes.said}>{t('publication.upToDate')}</p>}
          {newest && isNew && (
            <Button
              variant="default"
              loading={publishing.isPending}
              onClick={() => publishing.mutate({ versionId: newest.versionId, contentHash: newest.contentHash })}
            >
              {t(newest.name === null ? 'publication.button' : 'publication.buttonNamed', {
                ...{ number: newest.number, name: newest.name },
              })}
            </Button>
          )}
          {publishing.isSuccess && <Notice tone="good" what={t('publication.done')} />}
          {publishing.error && <Notice tone="problem" urgent {...words(publishing.error)} />}
        </div>
      )}
    </section>
  )
}
