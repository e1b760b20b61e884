import type { SearchItem } from '@cabildo/protocol/http/search'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { textTitle } from '../../lib/text-address.ts'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { labelOf, placeOf } from './model.ts'
import classes from './search-view.module.css'

/** One thing that was found: where it stands, as a link there; what it says, with the words marked; who said so and when. */
export function FoundItem({ item, slug }: { item: SearchItem; slug: string }) {
  const name = usePersonWords()
  const { to, search, hash } = placeOf(item, slug)
  return (
    <>
      <h3 className={classes.place}>
        <Link to={to} {...(search && { search: search as never })} {...(hash !== undefined && { hash })}>
          <PlaceWords item={item} />
        </Link>
      </h3>
      <p className={classes.excerpt} lang={planLanguage}>
        {item.excerpt.map(({ text, hit }, index) =>
          // Pieces have nothing of their own but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: they never move
          hit ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
        )}
      </p>
      <p className={classes.soft}>
        {item.by && <span>{name(item.by)}</span>}
        <Time value={item.at} as="day" />
      </p>
    </>
  )
}

function PlaceWords({ item: { kind, document, field, thread, input, version } }: { item: SearchItem }) {
  const { t } = useTranslation('search')
  const language = useLanguage()
  const own = () => {
    if (kind === 'comment' && thread)
      return t(thread.comment === null ? 'place.reason' : 'place.comment', { number: thread.number })
    if (kind === 'input' && input)
      return t(input.answer === null ? 'place.input' : 'place.answer', { number: input.number })
    if (kind !== 'version' || !version) return undefined
    const { number, name } = version
    return name === null ? t('place.version', { number }) : t('place.named', { number, name })
  }
  const title = document && textTitle(document)
  return [title, own(), labelOf(field, language)].filter(Boolean).join(' · ')
}
