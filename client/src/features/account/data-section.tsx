import type { Profile } from '@cabildo/protocol/http/account'
import { Button, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../lib/call.ts'
import { isFault } from '../../lib/field-faults.ts'
import { FormSheet } from '../../ui/late/form-sheet.tsx'
import { proof, useErase } from './api.ts'
import { FormRefusal } from './form-refusal.tsx'
import { exportName } from './model.ts'
import classes from './profile-view.module.css'
import { ProofField } from './proof-field.tsx'

/** What the reader may ask for by law: everything about them to take along, and to have it erased. */
export function DataSection({ profile, onGone }: { profile: Profile; onGone: () => void }) {
  const { t } = useTranslation('account')
  const [asks, setAsks] = useState(false)
  const take = useMutation({
    mutationFn: async () => {
      const everything = await call('GET /api/profile/export')
      download(exportName(t('data.file'), new Date()), JSON.stringify(everything, null, 2))
    },
  })
  return (
    <section className={classes.section} aria-labelledby="my-data">
      <header>
        <h2 id="my-data">{t('data.heading')}</h2>
        <p className={classes.soft}>{t('data.lead')}</p>
      </header>
      <FormRefusal error={take.error} />
      <div className={classes.buttons}>
        <Button
          variant="default"
          leftSection={<IconDownload size={20} aria-hidden />}
          loading={take.isPending}
          onClick={() => take.mutate()}
        >
          {t('data.take')}
        </Button>
        <Button variant="default" color="danger" onClick={() => setAsks(true)}>
          {t('data.erase')}
        </Button>
      </div>
      <p role="status" className="cb-hidden">
        {take.isSuccess && t('data.taken')}
      </p>
      {asks && <EraseSheet profile={profile} onGone={onGone} onClose={() => setAsks(false)} />}
    </section>
  )
}

function EraseSheet({ profile, onGone, onClose }: { profile: Profile; onGone: () => void; onClose: () => void }) {
  const { t } = useTranslation('account')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const erase = useErase(profile.user.id)
  const isOther = name.trim() !== profile.user.name
  const submit = () => {
    setTried(true)
    if (!isOther) erase.mutate({ name: name.trim(), ...proof(password) }, { onSuccess: onGone })
  }
  return (
    <FormSheet
      title={t('data.erase')}
      button={t('data.eraseNow')}
      sending={erase}
      onSend={submit}
      onClose={onClose}
      danger
      refusal={<FormRefusal error={erase.error} beside={['wrong_credentials']} kept={t('data.nothingGone')} />}
    >
      <p>{t('data.goes')}</p>
      <p>{t('data.stays')}</p>
      <p>
        <strong>{t('data.forever')}</strong>
      </p>
      <TextInput
        label={t('data.name', { name: profile.user.name })}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={((tried && isOther) || isFault(erase.error, '/name')) && t('data.otherName')}
      />
      {profile.hasPassword && <ProofField value={password} onChange={setPassword} error={erase.error} />}
    </FormSheet>
  )
}

/** Hands a text to the reader as a file. */
function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the file over by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
