import type { NewsSettings } from '@cabildo/protocol/http/news'
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useChosen } from '../../lib/use-chosen.ts'
import { Notice } from '../../ui/notice.tsx'
import { Bone } from '../../ui/waiting.tsx'
import { newsSettingsQuery, useSaveNewsSettings } from './api.ts'
import classes from './news.module.css'

const choices = {
  mail: ['daily', 'weekly', 'off'],
  about: ['mine', 'all'],
  language: ['es', 'en'],
} as const satisfies { [Key in keyof Omit<NewsSettings, 'without'>]: readonly NewsSettings[Key][] }

/** How the reader wishes to be told of news by e-mail. What is chosen is kept at once. */
export function NewsSettingsSection() {
  const { t } = useTranslation('news')
  const refusal = useRefusalWords()
  const settings = useQuery(newsSettingsQuery)
  const save = useSaveNewsSettings()
  const [shown, keep] = useChosen(settings.data, (next, onSettled) => {
    if (!next) return
    const { without: _, ...kept } = next
    save.mutate(kept, { onSettled })
  })
  // The lists of the selects are those of the type.
  const choose = (key: keyof typeof choices, value: string) =>
    keep(shown && ({ ...shown, [key]: value } as typeof shown))
  return (
    <section className={classes.share} aria-labelledby="my-news">
      <h2 id="my-news">{t('settings.heading')}</h2>
      <p className={classes.soft}>{t('settings.lead')}</p>
      {settings.error && <Notice tone="problem" {...refusal(settings.error)} />}
      {settings.isPending && <Bone height="8rem" />}
      {shown?.without && <Notice tone="info" what={t(`settings.without.${shown.without}`)} />}
      {shown && (
        <>
          <NativeSelect
            label={t('settings.mail')}
            value={shown.mail}
            onChange={({ currentTarget }) => choose('mail', currentTarget.value)}
            data={choices.mail.map((value) => ({ value, label: t(`settings.often.${value}`) }))}
          />
          <NativeSelect
            label={t('settings.about')}
            disabled={shown.mail === 'off'}
            value={shown.about}
            onChange={({ currentTarget }) => choose('about', currentTarget.value)}
            data={choices.about.map((value) => ({ value, label: t(`settings.what.${value}`) }))}
          />
          <NativeSelect
            label={t('settings.language')}
            disabled={shown.mail === 'off'}
            value={shown.language}
            onChange={({ currentTarget }) => choose('language', currentTarget.value)}
            data={choices.language.map((value) => ({ value, label: t(`settings.tongue.${value}`) }))}
          />
        </>
      )}
      {save.error && <Notice tone="problem" urgent {...refusal(save.error)} />}
      <p role="status" className={classes.soft}>
        {save.isSuccess && t('settings.saved')}
      </p>
    </section>
  )
}
