/** Typing for somebody who has no phone: who, that it is so now, and the way to end it. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { Behalf, DocumentSession } from '../../sync/session.ts'
import { useStore } from '../../sync/use-store.ts'
import { Notice } from '../../ui/notice.tsx'
import { SectorTag } from '../../ui/sector-tag.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import classes from './behalf-part.module.css'
import { typedForQuery } from './behalf-people.ts'

interface BehalfPartProps {
  session: DocumentSession
  planId: string
  /** Number of the commitment in its plan. */
  number: number
  /** For whom typing has just ended without being asked to. */
  was: Behalf | undefined
  /** Begins to type for somebody, or ends it. */
  onBehalf: (behalf: Behalf | undefined) => void
}

/** For whoever runs workshops: a button while they type for themselves, a banner that stays in sight while for somebody. */
export default function BehalfPart(props: BehalfPartProps) {
  return props.session.behalf ? <Banner {...props} behalf={props.session.behalf} /> : <Beginning {...props} />
}

/** Nothing typed for somebody is kept on this device, so it ends only once the server has all of it. */
function Banner({ session, behalf, onBehalf }: BehalfPartProps & { behalf: Behalf }) {
  const { t } = useTranslation('behalf')
  const { pending } = useStore(session.status)
  const [isEnding, setEnding] = useState(false)
  const notice = useRef<HTMLDivElement>(null)
  // The text was opened anew for this, and the focus with it: whoever cannot see it hears for whom they type.
  useEffect(() => notice.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    if (isEnding && pending === 0) onBehalf(undefined)
  }, [isEnding, pending, onBehalf])
  return (
    <Notice ref={notice} tone="care" what={t('writing', { name: behalf.name })} todo={isEnding && t('waiting')}>
      <Button variant="default" onClick={() => setEnding(true)}>
        {t('end')}
      </Button>
    </Notice>
  )
}

function Beginning({ session, planId, number, was, onBehalf }: BehalfPartProps) {
  const { t } = useTranslation('behalf')
  const { pending } = useStore(session.status)
  const [isOpen, setOpen] = useState(false)
  return (
    <div className={classes.beginning}>
      {was && <Notice tone="care" what={t('ended', { name: was.name })} />}
      {/* What is not sent yet stays with this text, and must go first. */}
      <Button variant="default" aria-haspopup="dialog" disabled={pending > 0} onClick={() => setOpen(true)}>
        {t('begin')}
      </Button>
      {isOpen && (
        <Sheet title={t('title')} onClose={() => setOpen(false)}>
          <People number={number} planId={planId} onChoose={onBehalf} />
        </Sheet>
      )}
    </div>
  )
}

interface PeopleProps {
  number: number
  planId: string
  onChoose: (behalf: Behalf) => void
}

function People({ number, planId, onChoose }: PeopleProps) {
  const { t } = useTranslation('behalf')
  const refusal = useRefusalWords()
  const { data: people, error } = useQuery(typedForQuery(planId, number))
  if (error) return <Notice tone="problem" urgent {...refusal(error)} />
  if (!people) return <Waiting />
  if (people.length === 0) return <p>{t('nobody')}</p>
  return (
    <>
      <p>{t('hint')}</p>
      <ul className={classes.people}>
        {people.map(({ userId, name, group }) => (
          <li key={userId}>
            <Button variant="default" fullWidth justify="flex-start" onClick={() => onChoose({ id: userId, name })}>
              {name}
            </Button>
            {group && <SectorTag sector={group.sector}>{group.name}</SectorTag>}
          </li>
        ))}
      </ul>
    </>
  )
}
