import type { Role } from '@cabildo/protocol/http/common'
import type { GroupDetail } from '@cabildo/protocol/http/people'
import { roles } from '@cabildo/protocol/roles'
import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../../lib/refusal.ts'
import type { Invitee } from './api.ts'
import classes from './invite-part.module.css'
import { InviteRefusal } from './invite-refusal.tsx'
import { type Known, mostInvited, type PastedLine, readPasted } from './paste.ts'

interface InvitePasteProps {
  groups: readonly GroupDetail[]
  known: Known
  pending: boolean
  error: Error | null
  text: string
  onText: (text: string) => void
  /** Those who can be invited, and the lines that stay to be put right. */
  onInvite: (people: Invitee[], rest: string) => void
}

/** A pasted list of people, and below it how each line was understood while it is still being typed. */
export function InvitePaste({ groups, known, pending, error, text, onText, onInvite }: InvitePasteProps) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  const [role, setRole] = useState<Role>('participant')
  const [empty, setEmpty] = useState(false)
  const pasted = useDeferredValue(text)
  const lines = useMemo(() => readPasted(pasted, { role, groups, known }), [pasted, role, groups, known])
  const good = lines.filter(({ fault }) => fault === undefined)
  const bad = lines.length - good.length

  const send = () => {
    // As it stands now, not as it stood when the list below was last drawn.
    const now = readPasted(text, { role, groups, known })
    const people = now.filter(({ fault }) => fault === undefined)
    setEmpty(people.length === 0)
    if (people.length === 0) return
    const all = text.split(/\r\n|\r|\n/)
    const rest = now.filter(({ fault }) => fault !== undefined).map(({ number }) => all[number - 1] ?? '')
    onInvite(
      people.map(({ name, email, role: as, group }) => ({
        name,
        role: as,
        // Groups come from the plan's own list.
        groupId: (group?.id as GroupDetail['id'] | undefined) ?? null,
        ...(email ? { email } : {}),
      })),
      rest.join('\n'),
    )
  }
  return (
    <div className={classes.preview}>
      <div className={classes.form}>
        <Textarea
          label={t('invite.list')}
          description={t('invite.listHelp')}
          placeholder={t('invite.example')}
          autosize
          minRows={5}
          maxRows={14}
          spellCheck={false}
          autoCapitalize="words"
          value={text}
          onChange={(event) => {
            onText(event.currentTarget.value)
            setEmpty(false)
          }}
          error={empty && t('invite.needOne')}
        />
        <NativeSelect
          label={t('invite.otherRole')}
          value={role}
          // The options are the roles.
          onChange={(event) => setRole(event.currentTarget.value as Role)}
          data={roles.map((one) => ({ value: one, label: common(`role.${one}`) }))}
        />
      </div>
      {lines.length > 0 && <Preview lines={lines} refused={refusedLines(error, good)} />}
      <InviteRefusal error={error} />
      {bad > 0 && (
        <p role="status" className={classes.fault}>
          {t('invite.bad', { count: bad })}
        </p>
      )}
      <div>
        <Button loading={pending} onClick={send}>
          {good.length > 0 ? t('invite.send', { count: good.length }) : t('invite.sendNone')}
        </Button>
      </div>
    </div>
  )
}

/** The lines whose fields the server named: `/people/3/email` is the fourth of those that were sent. */
function refusedLines(error: Error | null, sent: readonly PastedLine[]): ReadonlySet<number> {
  if (!(error instanceof Refusal)) return new Set()
  const places = error.errors.map(({ pointer }) => Number(/^\/people\/(\d+)/.exec(pointer)?.[1] ?? Number.NaN))
  return new Set(places.flatMap((place) => sent[place]?.number ?? []))
}

/** How each line was understood, and what is wrong with it. */
function Preview({ lines, refused }: { lines: readonly PastedLine[]; refused: ReadonlySet<number> }) {
  const { t } = useTranslation('people')
  const { t: common } = useTranslation()
  return (
    <section className={classes.preview} aria-labelledby="preview">
      <h2 id="preview">{t('invite.preview')}</h2>
      <ul className={classes.lines}>
        {lines.map(({ number, name, email, role, group, fault, hint }) => (
          <li
            key={number}
            className={classes.line}
            data-state={fault || refused.has(number) ? 'fault' : hint ? 'hint' : 'good'}
          >
            <span className={classes.name}>{name || t('invite.line', { number })}</span>
            <span className={classes.said}>
              {[common(`role.${role}`), group?.name ?? t('noGroup'), email ?? t('noEmail')].join(' · ')}
            </span>
            {fault && (
              <span className={classes.fault}>
                {t(`invite.fault.${fault.kind}`, { word: 'word' in fault ? fault.word : '', count: mostInvited })}
              </span>
            )}
            {!fault && refused.has(number) && <span className={classes.fault}>{t('invite.refused')}</span>}
            {!fault && hint && <span className={classes.hint}>{t(`invite.hint.${hint}`)}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
