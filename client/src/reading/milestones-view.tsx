import type { JsonNode } from '@cabildo/schema/content'
import { milestoneWords, outputsWord } from '@cabildo/schema/milestone-words'
import { childrenOf } from '@cabildo/schema/text'
import { useMediaQuery } from '@mantine/hooks'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { planLanguage, useLanguage } from '../lib/language.ts'
import { isBlank, textAttribute } from './blocks.ts'
import { dayText } from './facts-model.ts'
import classes from './milestones-view.module.css'
import { inline } from './rich-text.tsx'

interface MilestonesViewProps {
  doc: JsonNode
  /** Level of the heading above. */
  under: number
  /** Places of milestones to mark as fresh. */
  fresh?: ReadonlySet<number> | undefined
}

const actors = ['lead', 'supportGovernment', 'supportCivilSociety', 'supportOther'] as const

const part = (milestone: JsonNode, type: string) => childrenOf(milestone).find((child) => child.type === type)

/** The milestones of a commitment, to read: a table where there is room, cards on a phone. */
export function MilestonesView({ doc, under, fresh }: MilestonesViewProps) {
  const { t } = useTranslation('reading')
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const language = useLanguage()
  const milestones = childrenOf(doc)
  if (milestones.length === 0) return <p className={classes.empty}>{t('milestone.none')}</p>

  const day = (milestone: JsonNode, name: 'start' | 'due') => dayText(textAttribute(milestone, name), language)
  const rich = (milestone: JsonNode, type: string): ReactNode => {
    const node = part(milestone, type)
    return node && !isBlank(node) ? <span lang={planLanguage}>{inline(childrenOf(node))}</span> : null
  }
  const nameOf = (milestone: JsonNode) => rich(milestone, 'milestoneTitle') ?? t('milestone.unnamed')
  const hint = (index: number) => fresh?.has(index) && <span className="cb-hidden">{t('fresh')} </span>

  if (!wide) {
    const Heading = `h${Math.min(6, under + 1)}` as 'h3'
    return (
      <ol className={classes.cards}>
        {milestones.map((milestone, index) => (
          // Milestones have no identity of their own: their place is all there is to know them by.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index} className={classes.card} data-fresh={fresh?.has(index) || undefined}>
            <Heading className={classes.name}>
              {hint(index)}
              <span className={classes.number}>{index + 1}.</span> {nameOf(milestone)}
            </Heading>
            <dl className={classes.details}>
              <Detail term={outputsWord[language]}>{rich(milestone, 'milestoneOutputs')}</Detail>
              <Detail term={milestoneWords.start[language]}>{day(milestone, 'start')}</Detail>
              <Detail term={milestoneWords.due[language]}>{day(milestone, 'due')}</Detail>
              {actors.map((actor) => (
                <Detail key={actor} term={milestoneWords[actor][language]}>
                  {textAttribute(milestone, actor)}
                </Detail>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box has to be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a section would be a landmark
    <div className={classes.scroll} role="group" aria-label={t('milestone.table')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('milestone.name')}</th>
            <th scope="col">{outputsWord[language]}</th>
            <th scope="col">{milestoneWords.start[language]}</th>
            <th scope="col">{milestoneWords.due[language]}</th>
            <th scope="col">{t('milestone.actors')}</th>
          </tr>
        </thead>
        <tbody>
          {milestones.map((milestone, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <tr key={index} data-fresh={fresh?.has(index) || undefined}>
              <th scope="row">
                {hint(index)}
                {nameOf(milestone)}
              </th>
              <td>{rich(milestone, 'milestoneOutputs')}</td>
              <td className={classes.day}>{day(milestone, 'start')}</td>
              <td className={classes.day}>{day(milestone, 'due')}</td>
              <td>
                <dl className={classes.actors}>
                  {actors.map((actor) => (
                    <Detail key={actor} term={milestoneWords[actor][language]}>
                      {textAttribute(milestone, actor)}
                    </Detail>
                  ))}
                </dl>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A term and what is said of it; nothing when nothing is said. */
function Detail({ term, children }: { term: string; children: ReactNode }) {
  if (children === null || children === '') return null
  return (
    <Fragment>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </Fragment>
  )
}
