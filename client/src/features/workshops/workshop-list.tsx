import type { WorkshopItem } from '@cabildo/protocol/http/workshops'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { StatusChip } from '../../ui/status-chip.tsx'
import { Time } from '../../ui/time.tsx'
import { noonOf } from './model.ts'
import classes from './workshop-list.module.css'

/** The workshops of a plan, newest first, and the button that opens one. */
export function WorkshopList({ slug, workshops }: { slug: string; workshops: readonly WorkshopItem[] }) {
  const { t } = useTranslation('workshops')
  const open = (
    <Button
      renderRoot={(props) => <Link to="/plans/$slug/workshops/new" params={{ slug }} {...props} />}
      leftSection={<IconPlus size={20} aria-hidden />}
    >
      {t('list.open')}
    </Button>
  )
  if (workshops.length === 0) {
    return (
      <div className={classes.empty}>
        <h2>{t('list.empty')}</h2>
        <p>{t('list.emptyText')}</p>
        <figure className={classes.example}>
          <figcaption>{t('list.example')}</figcaption>
          <p className={classes.name}>{t('list.exampleTitle')}</p>
          <p>{t('list.exampleText')}</p>
        </figure>
        <p>{open}</p>
      </div>
    )
  }
  return (
    <>
      <p>{open}</p>
      {/* The marker is drawn by us; some screen readers drop the list where CSS removes the marker. */}
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <ul className={classes.list} role="list">
        {workshops.map((workshop) => (
          <li key={workshop.id}>
            <WorkshopCard slug={slug} workshop={workshop} />
          </li>
        ))}
      </ul>
    </>
  )
}

/** One workshop. The whole card is its link. */
function WorkshopCard({ slug, workshop }: { slug: string; workshop: WorkshopItem }) {
  const { t } = useTranslation('workshops')
  const language = useLanguage()
  const { id, title, place, heldOn, closedAt, endsAt, people } = workshop
  return (
    <article className={classes.card} aria-labelledby={`workshop-${id}`}>
      <div className={classes.head}>
        <h2 id={`workshop-${id}`}>
          <Link to="/plans/$slug/workshops/$workshopId" params={{ slug, workshopId: id }} className={classes.link}>
            {title}
          </Link>
        </h2>
        <StatusChip tone={closedAt ? 'done' : 'active'}>{t(closedAt ? 'list.closed' : 'list.isOpen')}</StatusChip>
      </div>
      <p>
        {place} · <time dateTime={heldOn}>{dayWords(noonOf(heldOn), language)}</time>
      </p>
      <p className={classes.soft}>
        {t('list.people', { count: people })}
        {!closedAt && (
          <>
            {' · '}
            {t('list.until')} <Time value={endsAt} as="clock" />
          </>
        )}
      </p>
    </article>
  )
}
