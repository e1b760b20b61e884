import type { EndorsementList } from '@cabildo/protocol/http/endorsements'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '../../lib/new-key.ts'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { useStandingBehind } from './api.ts'
import classes from './endorsements.module.css'

interface EndorseSheetProps {
  slug: string
  texts: EndorsementList['texts']
  /** What the reader is called. */
  signer: string
  /** What the group is called. */
  organisation: string
  onClose: () => void
}

const fields = ['name', 'office', 'organisation'] as const
const longest = { name: 120, office: 120, organisation: 200 }

/** Endorses exact texts, all of them unless some are left out. */
export function EndorseSheet({ slug, texts, signer, organisation, onClose }: EndorseSheetProps) {
  const { t } = useTranslation('endorsements')
  const act = useStandingBehind(slug)
  const [key] = useState(newKey)
  const [who, setWho] = useState({ name: signer, office: '', organisation })
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [tried, setTried] = useState(false)
  const chosen = texts.filter(({ documentId }) => !left.has(documentId))

  const send = async () => {
    setTried(true)
    if (chosen.length === 0 || fields.some((field) => who[field].trim() === '')) return
    const named = chosen.map(({ version }) => ({ versionId: version.id, contentHash: version.contentHash }))
    await act.mutateAsync({ kind: 'endorse', key, ...who, texts: named }).then(onClose, () => undefined)
  }
  const toggle = (documentId: string) =>
    setLeft((before) => {
      const after = new Set(before)
      if (!after.delete(documentId)) after.add(documentId)
      return after
    })
  return (
    <FormSheet title={t('endorse.title')} button={t('endorse.send')} sending={act} onSend={send} onClose={onClose}>
      <p>{t('endorse.what')}</p>
      {fields.map((field) => (
        <TextInput
          key={field}
          label={t(`endorse.${field}`)}
          required
          maxLength={longest[field]}
          value={who[field]}
          error={tried && who[field].trim() === '' && t('needed')}
          onChange={({ currentTarget: { value } }) => setWho((before) => ({ ...before, [field]: value }))}
        />
      ))}
      <fieldset className={classes.choices}>
        <legend>{t('endorse.texts')}</legend>
        {texts.map(({ documentId, number, title, version }) => (
          <label key={documentId} className={classes.choice}>
            <input type="checkbox" checked={!left.has(documentId)} onChange={() => toggle(documentId)} />
            <span>
              <PlanWords words={title} of={(title) => t('text', { number, title, version: version.number })} />
            </span>
          </label>
        ))}
        {tried && chosen.length === 0 && (
          <p className={classes.wrong} role="alert">
            {t('endorse.noText')}
          </p>
        )}
      </fieldset>
    </FormSheet>
  )
}
