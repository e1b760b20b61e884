import type { RecordItem } from '@cabildo/protocol/http/record'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockWords, dayWords } from '../../lib/dates.ts'
import { useLanguage } from '../../lib/language.ts'
import { Time } from '../../ui/time.tsx'
import { daysOf, type Line, summed } from './model.ts'
import classes from './record-list.module.css'
import type { RecordSearch } from './search.ts'
import type { useTelling } from './use-telling.ts'

interface Shared {
  telling: ReturnType<typeof useTelling>
  slug: string
  /** What the address says now: what opens a proof keeps it. */
  search: RecordSearch
}

/** The chronology: entries under their days, each a sentence with the way to its proof. */
export function RecordList({ items, ...shared }: Shared & { items: readonly RecordItem[] }) {
  const language = useLanguage()
  return daysOf(items).map(({ day, lines }) => (
    <section key={day} className={classes.day} aria-labelledby={`day-${day}`}>
      <h2 id={`day-${day}`}>{dayWords(`${day}T12:00:00Z`, language, 'UTC')}</h2>
      {/* biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker */}
      <ol className={classes.lines} role="list">
        {lines.map((line) => (
          <li key={line.items[0].seq} className={classes.line}>
            <LineView line={line} {...shared} />
          </li>
        ))}
      </ol>
    </section>
  ))
}

/** One line. What was folded into it can be seen entry by entry. */
function LineView({ line, telling, ...shared }: Shared & { line: Line }) {
  const { t } = useTranslation('record')
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const { items } = line
  const [newest] = items
  const oldest = items.at(-1) ?? newest
  const maker = telling.maker(newest)
  const sentence = telling.sentence(summed(line))
  const [from, to] = [clockWords(oldest.at, language), clockWords(newest.at, language)]
  return (
    <>
      <p>{sentence}</p>
      {maker && <p className={classes.soft}>{t('by', { name: maker })}</p>}
      {newest.erased && <p className={classes.soft}>{t('erased')}</p>}
      <div className={classes.foot}>
        {items.length === 1 ? (
          <>
            <Time value={newest.at} as="clock" />
            <EntryLink item={newest} {...shared} />
          </>
        ) : (
          <>
            <span>{from === to ? to : `${from} – ${to}`}</span>
            <Button variant="subtle" px="xs" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {t(isOpen ? 'fewer' : 'each')}
              <span className="cb-hidden">: {sentence}</span>
            </Button>
          </>
        )}
      </div>
      {isOpen && (
        <ol className={classes.folded}>
          {items.map((item) => (
            <li key={item.seq}>
              <p>{telling.sentence(item)}</p>
              <div className={classes.foot}>
                <Time value={item.at} as="clock" />
                <EntryLink item={item} {...shared} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

/** The way to an entry's proof, with the number that names it. */
function EntryLink({ item, slug, search }: Omit<Shared, 'telling'> & { item: RecordItem }) {
  const { t } = useTranslation('record')
  return (
    <>
      <Link
        to="/plans/$slug/record"
        params={{ slug }}
        search={{ ...search, entry: item.seq }}
        resetScroll={false}
        className={classes.proof}
      >
        {t('proof', { seq: item.seq })}
      </Link>
      {item.index === null && <span>{t('waiting')}</span>}
    </>
  )
}
