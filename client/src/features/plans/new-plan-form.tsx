import type { PlanItem } from '@cabildo/protocol/http/api'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFault } from '../../lib/field-faults.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import classes from './add-commitment.module.css'
import { useMakePlan } from './api.ts'
import { longestTitle, slugOf } from './model.ts'

/** Asks for what a new plan begins with: what it is called, where it is, and the word in its address. */
export function NewPlanForm({ onMade }: { onMade: (plan: PlanItem) => void }) {
  const { t } = useTranslation('plans')
  const words = useRefusalWords()
  const [title, setTitle] = useState('')
  const [place, setPlace] = useState('')
  const [slug, setSlug] = useState<string>()
  const [tried, setTried] = useState(false)
  const making = useMakePlan()
  const { error } = making
  const address = slug ?? slugOf(place)
  const isTaken = isFault(error, '/slug') && refusalCode(error) === 'conflict'

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (making.isPending || !title.trim() || !place.trim() || !/^[a-z0-9-]{1,60}$/.test(address)) return
    making.mutate({ title: title.trim(), place: place.trim(), slug: address }, { onSuccess: onMade })
  }
  const missing = (value: string) => (tried && !value.trim() ? t('new.missing') : undefined)
  const addressFault = () => {
    if (isTaken) return t('new.taken')
    return tried && !/^[a-z0-9-]{1,60}$/.test(address) ? t('new.badAddress') : undefined
  }
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <TextInput
        label={t('new.name')}
        description={t('new.nameHelp')}
        autoComplete="off"
        maxLength={longestTitle}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={missing(title)}
      />
      <TextInput
        label={t('new.place')}
        description={t('new.placeHelp')}
        autoComplete="off"
        maxLength={longestTitle}
        value={place}
        onChange={(event) => setPlace(event.currentTarget.value)}
        error={missing(place)}
      />
      <TextInput
        label={t('new.address')}
        description={t('new.addressHelp')}
        autoComplete="off"
        autoCapitalize="none"
        maxLength={60}
        value={address}
        onChange={(event) => setSlug(event.currentTarget.value)}
        error={addressFault()}
      />
      {error && !isTaken && <Notice tone="problem" urgent {...words(error)} kept={t('new.kept')} />}
      <div>
        <Button type="submit" loading={making.isPending}>
          {t('new.submit')}
        </Button>
      </div>
    </form>
  )
}
