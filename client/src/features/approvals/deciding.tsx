import type { Standing } from '@cabildo/protocol/http/approvals'
import { Button, Textarea, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasPasskeys, notUsed } from '../../lib/passkeys.ts'
import { PasswordField } from '../../ui/late/password-field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useChange } from './api.ts'
import classes from './approvals.module.css'
import { useChangeWords } from './change-words.ts'

type Request = Standing['requests'][number]

interface DecidingProps {
  documentId: string
  slug: string
  request: Request
  proof: Standing['proof']
  /** Whether what changed, and who wrote it, is in sight: nobody decides before. */
  ready: boolean
  /** What a clause is called in the form. */
  clauseName: (clause: string) => string
}

/**
 * Approve or return the whole, or ticked clauses of it, with a reason for a return. Who has a passkey signs with it; who has none, or would rather not, proves afresh who
 * they are when they signed in a while ago.
 */
export function Deciding({ documentId, slug, request, proof, ready, clauseName }: DecidingProps) {
  const { t } = useTranslation('approvals')
  const wordsOf = useChangeWords()
  const [returning, setReturning] = useState(false)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const canSign = proof.passkey && hasPasskeys()
  const [otherwise, setOtherwise] = useState(false)
  const signs = canSign && !otherwise
  const [ticked, setTicked] = useState<string[]>([])
  const yours = request.clauses.filter((clause) => clause.yours)
  // What was decided since is nobody's to decide again.
  const chosen = yours.filter(({ clause }) => ticked.includes(clause)).map(({ clause, hash }) => ({ clause, hash }))
  const count = chosen.length
  const changing = useChange(documentId, slug)
  // A choice of which nothing is left is not the whole: that is wished by itself.
  const isEmptied = ticked.length > 0 && count === 0 && !changing.isPending
  const heading = useRef<HTMLHeadingElement>(null)
  const reasonField = useRef<HTMLTextAreaElement>(null)
  const returnButton = useRef<HTMLButtonElement>(null)
  const wasReturning = useRef(false)
  useEffect(() => {
    if (returning) reasonField.current?.focus()
    else if (wasReturning.current) returnButton.current?.focus()
    wasReturning.current = returning
  }, [returning])
  const send = (verdict: 'approve' | 'return') => {
    const given = reason.trim()
    if (verdict === 'return' && given === '') return setMissing(true)
    return changing.mutate(
      {
        ...{ kind: 'decide', approvalId: request.id, contentHash: request.version.contentHash, verdict },
        ...(count > 0 && { clauses: chosen }),
        reason: verdict === 'return' ? given : '',
        ...(signs ? { sign: true } : { ...(password !== '' && { password }), ...(code !== '' && { code }) }),
      },
      {
        onSuccess: () => {
          setTicked([])
          // The pressed button gives way to one that does more: focus does not go on to it by itself.
          heading.current?.focus()
        },
      },
    )
  }
  return (
    <section aria-labelledby="deciding" className={classes.deciding}>
      <h2 id="deciding" ref={heading} tabIndex={-1}>
        {t('decide.title')}
      </h2>
      {!request.may.approve && <Notice tone="care" what={t('refusal.own_text.what')} />}
      {yours.length > 1 && (
        <details className={classes.parts}>
          <summary>{t('decide.byClause')}</summary>
          <fieldset className={classes.ticks}>
            <legend>{t('decide.clauses')}</legend>
            <p className={classes.soft}>{t('decide.clausesHelp')}</p>
            {yours.map(({ clause }) => (
              <label key={clause} className={classes.tick}>
                <input
                  type="checkbox"
                  checked={ticked.includes(clause)}
                  disabled={!ready}
                  onChange={({ currentTarget: { checked } }) =>
                    setTicked((before) => [...before.filter((one) => one !== clause), ...(checked ? [clause] : [])])
                  }
                />
                {clauseName(clause)}
              </label>
            ))}
          </fieldset>
        </details>
      )}
      {signs && <p>{t('decide.signing')}</p>}
      {!signs && !proof.recent && (
        <>
          <p>{proof.password || proof.code ? t('decide.proof') : t('decide.signIn')}</p>
          {proof.password && (
            <PasswordField label={t('decide.password')} kind="current" value={password} onChange={setPassword} />
          )}
          {proof.code && (
            <TextInput
              label={t('decide.code')}
              autoComplete="one-time-code"
              inputMode="numeric"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          )}
        </>
      )}
      {returning && (
        <Textarea
          label={t('decide.reason')}
          description={t('step.public')}
          maxLength={2000}
          autosize
          minRows={3}
          maxRows={8}
          required
          ref={reasonField}
          value={reason}
          error={missing && t('step.missing')}
          onChange={(event) => {
            setReason(event.currentTarget.value)
            setMissing(false)
          }}
        />
      )}
      {changing.error && (
        <Notice tone={notUsed(changing.error) ? 'care' : 'problem'} urgent {...wordsOf(changing.error, signs)} />
      )}
      {isEmptied && (
        <Notice tone="care" what={t('decide.emptied')}>
          <Button
            variant="default"
            onClick={() => {
              setTicked([])
              heading.current?.focus()
            }}
          >
            {t('decide.rest')}
          </Button>
        </Notice>
      )}
      <div className={classes.buttons}>
        {canSign && (
          <Button variant="subtle" onClick={() => setOtherwise(signs)}>
            {t(signs ? 'decide.otherwise' : 'decide.withPasskey')}
          </Button>
        )}
        {returning ? (
          <>
            <Button variant="default" onClick={() => setReturning(false)}>
              {t('decide.back')}
            </Button>
            <Button
              key={count > 0 ? 'return parts' : 'return whole'}
              loading={changing.isPending}
              disabled={isEmptied}
              onClick={() => send('return')}
            >
              {count > 0
                ? t(signs ? 'decide.signReturnParts' : 'decide.sendParts', { count })
                : t(signs ? 'decide.signReturn' : 'decide.send')}
            </Button>
          </>
        ) : (
          <>
            <Button ref={returnButton} variant="default" disabled={!ready} onClick={() => setReturning(true)}>
              {count > 0 ? t('decide.returnParts', { count }) : t('decide.return')}
            </Button>
            {request.may.approve && (
              <Button
                key={count > 0 ? 'parts' : 'whole'}
                loading={changing.isPending}
                disabled={!ready || isEmptied}
                leftSection={signs && <IconFingerprint aria-hidden size={22} />}
                onClick={() => send('approve')}
              >
                {count > 0
                  ? t(signs ? 'decide.signParts' : 'decide.approveParts', { count })
                  : t(signs ? 'decide.sign' : 'decide.approve')}
              </Button>
            )}
          </>
        )}
      </div>
      {/* Below: where it goes away nothing moves under the finger. */}
      {!ready && <p className={classes.soft}>{t('decide.wait')}</p>}
    </section>
  )
}
