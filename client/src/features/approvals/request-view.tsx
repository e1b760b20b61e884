import type { Standing } from '@cabildo/protocol/http/approvals'
import { Button, PasswordInput, Textarea, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasPasskeys, notUsed } from '../../lib/passkeys.ts'
import { Notice } from '../../ui/notice.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { useChange } from './api.ts'
import classes from './approvals.module.css'
import { useChangeWords } from './change-words.ts'
import { useStuckWords } from './stuck-words.ts'

type Request = Standing['requests'][number]

interface RequestViewProps {
  documentId: string
  slug: string
  title: string
  standing: Standing
  request: Request
  /** What changed since the version the reader last decided on, or the text as a whole. */
  changes: React.ReactNode
  /** What each group wrote of that text. */
  shares: React.ReactNode
  /** What a clause is called in the form. */
  clauseName: (clause: string) => string
  /** Whether what changed is in sight: nobody decides before. */
  ready: boolean
}

/** A request for the approval of an exact text: what there is to know, the changes, and the decision. */
export function RequestView({
  documentId,
  slug,
  title,
  standing,
  request,
  changes,
  shares,
  clauseName,
  ready,
}: RequestViewProps) {
  const { t } = useTranslation('approvals')
  const nameOf = usePersonWords()
  const stuck = useStuckWords()(request)
  const { openThreads, inputs } = standing
  const { version, since, state, note, requestedBy, requestedAt } = request
  return (
    <article className={classes.page}>
      <header className={classes.head}>
        <h1>{t('page.title', { title })}</h1>
        <p>
          {t('page.asked', { person: nameOf(requestedBy), number: version.number })} · <Time value={requestedAt} />
        </p>
        {note !== '' && <blockquote className={classes.note}>{note}</blockquote>}
        <p>{t(`request.${state}`)}</p>
        {stuck && <Notice tone="care" {...stuck} />}
      </header>

      <ul className={classes.facts}>
        <li>{t('page.threads', { count: openThreads })}</li>
        {inputs && <li>{t('page.inputs', { ...inputs, count: inputs.unanswered })}</li>}
      </ul>

      <section aria-labelledby="deciders">
        <h2 id="deciders">{t('page.deciders')}</h2>
        <ul className={classes.people}>
          {request.deciders.map(({ person, party, decision, blocked }) => (
            <li key={person.id}>
              <strong>{nameOf(person)}</strong> · {t(`party.${party}`)}:{' '}
              {decision ? t(`verdict.${decision.verdict}`) : t(blocked ? 'verdict.blocked' : 'verdict.waiting')}
              {decision?.signingKey && (
                <p className={classes.soft}>
                  {t('page.signed')} <code className={classes.key}>{inFours(decision.signingKey)}</code>
                </p>
              )}
              {decision?.reason && <blockquote className={classes.note}>{decision.reason}</blockquote>}
            </li>
          ))}
        </ul>
      </section>

      <section aria-labelledby="changes">
        <h2 id="changes">{since ? t('page.since', { number: since.number }) : t('page.whole')}</h2>
        {changes}
      </section>

      <Clauses clauses={request.clauses} nameOf={clauseName} />

      <section aria-labelledby="shares">
        <h2 id="shares">{t('page.shares')}</h2>
        {shares}
      </section>

      {request.may.decide && <Deciding {...{ documentId, slug, request, ready }} proof={standing.proof} />}
      <p className={classes.hash}>{version.contentHash}</p>
    </article>
  )
}

interface ClausesProps {
  clauses: Request['clauses']
  nameOf: (clause: string) => string
}

/** After an amendment, clause by clause: which keep their approval, and which are to be decided. */
function Clauses({ clauses, nameOf }: ClausesProps) {
  const { t } = useTranslation('approvals')
  if (clauses.every(({ approved }) => approved === null)) return null
  return (
    <section aria-labelledby="clauses">
      <h2 id="clauses">{t('clauses.title')}</h2>
      <ul className={classes.people}>
        {clauses
          .toSorted((one, other) => Number(one.approved !== null) - Number(other.approved !== null))
          .map(({ clause, approved }) => (
            <li key={clause}>
              <strong>{nameOf(clause)}</strong>:{' '}
              {approved ? (
                <span className={classes.soft}>
                  {t('clauses.kept', { number: approved.version })} <Time value={approved.at} as="day" />
                </span>
              ) : (
                t('clauses.changed')
              )}
            </li>
          ))}
      </ul>
    </section>
  )
}

interface DecidingProps {
  documentId: string
  slug: string
  request: Request
  proof: Standing['proof']
  ready: boolean
}

/** A key's short name in groups that eyes can compare. */
const inFours = (print: string): string => print.replace(/.{4}(?=.)/g, '$& ')

/**
 * Approve, or return with a reason. Who has a passkey signs with it; who has none, or would rather not, proves afresh who
 * they are when they signed in a while ago.
 */
function Deciding({ documentId, slug, request, proof, ready }: DecidingProps) {
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
  const changing = useChange(documentId, slug)
  const reasonField = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (returning) reasonField.current?.focus()
  }, [returning])
  const send = (verdict: 'approve' | 'return') => {
    const given = reason.trim()
    if (verdict === 'return' && given === '') return setMissing(true)
    return changing.mutate({
      ...{ kind: 'decide', approvalId: request.id, contentHash: request.version.contentHash, verdict },
      reason: verdict === 'return' ? given : '',
      ...(signs ? { sign: true } : { ...(password !== '' && { password }), ...(code !== '' && { code }) }),
    })
  }
  return (
    <section aria-labelledby="deciding" className={classes.deciding}>
      <h2 id="deciding">{t('decide.title')}</h2>
      {!ready && <p className={classes.soft}>{t('decide.wait')}</p>}
      {!request.may.approve && <Notice tone="care" what={t('refusal.own_text.what')} />}
      {signs && <p>{t('decide.signing')}</p>}
      {!signs && !proof.recent && (
        <>
          <p>{proof.password || proof.code ? t('decide.proof') : t('decide.signIn')}</p>
          {proof.password && (
            <PasswordInput
              label={t('decide.password')}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
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
            <Button loading={changing.isPending} onClick={() => send('return')}>
              {t(signs ? 'decide.signReturn' : 'decide.send')}
            </Button>
          </>
        ) : (
          <>
            <Button variant="default" disabled={!ready} onClick={() => setReturning(true)}>
              {t('decide.return')}
            </Button>
            {request.may.approve && (
              <Button
                loading={changing.isPending}
                disabled={!ready}
                leftSection={signs && <IconFingerprint aria-hidden size={22} />}
                onClick={() => send('approve')}
              >
                {t(signs ? 'decide.sign' : 'decide.approve')}
              </Button>
            )}
          </>
        )}
      </div>
    </section>
  )
}
