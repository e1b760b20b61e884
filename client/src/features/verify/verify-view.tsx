import { parseVkey } from '@cabildo/record/keys'
import { TextInput } from '@mantine/core'
import { IconWifiOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FileDrop } from './file-drop.tsx'
import { Outcome } from './outcome.tsx'
import { useVerifier, type Verification } from './use-verifier.ts'
import classes from './verify-view.module.css'

/** Checks the file of a record on this device alone: every hash, signature and chain, and says what is sound. */
export function VerifyView() {
  const { t } = useTranslation('record')
  const { verification, verify, reset } = useVerifier()
  const [key, setKey] = useState('')
  const [isBad, setBad] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const given = key.trim()

  const choose = (file: File) => {
    const bad = given !== '' && !parseVkey(given)
    setBad(bad)
    if (bad) field.current?.focus()
    else verify(file, given === '' ? undefined : given)
  }
  const confirm = (file: File, confirmed: string) => {
    setKey(confirmed)
    verify(file, confirmed)
  }

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t('verify.title')}</h1>
        <p>{t('verify.lead')}</p>
        <p className={classes.offline}>
          <IconWifiOff aria-hidden size={22} />
          {t('verify.offline')}
        </p>
        <p>
          <Link to="/help/record" className={classes.link}>
            {t('why')}
          </Link>
        </p>
      </header>
      {verification.state === 'none' && (
        <div className={classes.form}>
          <TextInput
            ref={field}
            label={t('verify.key')}
            description={t('verify.keyHelp')}
            value={key}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            error={isBad && t('verify.badKey')}
            onChange={(event) => {
              setKey(event.currentTarget.value)
              setBad(false)
            }}
          />
          <FileDrop onFile={choose} />
        </div>
      )}
      {verification.state === 'running' && <Running verification={verification} />}
      {verification.state === 'done' && (
        <Outcome
          key={verification.answer.id}
          verification={verification}
          onAgain={reset}
          onConfirm={(confirmed) => confirm(verification.file, confirmed)}
        />
      )}
    </div>
  )
}

/** How far the verification has come. */
function Running({ verification: { file, progress } }: { verification: Verification & { state: 'running' } }) {
  const { t } = useTranslation('record')
  const heading = useRef<HTMLHeadingElement>(null)
  // The field that the file was chosen with is gone; the reader is where it goes on.
  useEffect(() => heading.current?.focus(), [])
  const step = progress && t(`verify.step.${progress.step}`)
  return (
    <section className={classes.running} aria-labelledby="verifying">
      <h2 id="verifying" ref={heading} tabIndex={-1}>
        {t('verify.checking', { name: file.name })}
      </h2>
      <p aria-live="polite">{step}</p>
      <progress
        className={classes.progress}
        aria-label={step ?? t('verify.checking', { name: file.name })}
        {...(progress && { value: progress.done, max: Math.max(progress.total, 1) })}
      />
    </section>
  )
}
