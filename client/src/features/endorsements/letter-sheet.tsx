import type { Letter } from '@cabildo/protocol/http/endorsements'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useStandingBehind } from './api.ts'
import classes from './endorsements.module.css'

const sides = ['government', 'partner'] as const satisfies readonly Letter['side'][]
const taken = 'application/pdf,image/jpeg,image/png,image/webp'

/** Keeps a letter of support. */
export function LetterSheet({ slug, onClose }: { slug: string; onClose: () => void }) {
  const { t } = useTranslation('endorsements')
  const refusal = useRefusalWords()
  const act = useStandingBehind(slug)
  const input = useRef<HTMLInputElement>(null)
  const [side, setSide] = useState<Letter['side']>('government')
  const [organisation, setOrganisation] = useState('')
  const [file, setFile] = useState<File>()
  const [tried, setTried] = useState(false)

  const send = async () => {
    setTried(true)
    if (organisation.trim() === '' || !file) return
    await act.mutateAsync({ kind: 'letter', side, organisation, file }).then(onClose, () => undefined)
  }
  const words = act.error && refusalCode(act.error) === 'invalid' ? { what: t('letter.notKept') } : undefined
  return (
    <FormSheet
      title={t('letter.button')}
      button={t('letter.send')}
      sending={act}
      onSend={send}
      onClose={onClose}
      refusal={act.error && <Notice tone="problem" urgent {...(words ?? refusal(act.error))} />}
    >
      <p>{t('letter.what')}</p>
      <NativeSelect
        label={t('letter.side')}
        value={side}
        onChange={({ currentTarget }) => setSide(currentTarget.value === 'partner' ? 'partner' : 'government')}
        data={sides.map((value) => ({ value, label: t(`side.${value}`) }))}
      />
      <TextInput
        label={t('letter.organisation')}
        required
        maxLength={200}
        value={organisation}
        error={tried && organisation.trim() === '' && t('needed')}
        onChange={({ currentTarget }) => setOrganisation(currentTarget.value)}
      />
      <input
        ref={input}
        type="file"
        hidden
        accept={taken}
        aria-label={t('letter.choose')}
        onChange={({ currentTarget }) => setFile(currentTarget.files?.[0])}
      />
      <div className={classes.chosen}>
        <Button variant="default" onClick={() => input.current?.click()}>
          {t('letter.choose')}
        </Button>
        <span>{file?.name}</span>
      </div>
      {tried && !file && (
        <p className={classes.wrong} role="alert">
          {t('letter.noFile')}
        </p>
      )}
    </FormSheet>
  )
}
