import type { Sector } from '@cabildo/protocol/http/common'
import type { PlanText } from '@cabildo/protocol/http/plan-text'
import { knownText } from '@cabildo/schema/plan-known'
import { type PlanKnownKey, planRows } from '@cabildo/schema/templates/ogp-plan'
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { SectorTag } from '../../ui/sector-tag.tsx'
import { sectorMarks } from '../../ui/sectors.ts'
import { DescribeSheet } from './describe-sheet.tsx'
import classes from './known.module.css'
import { PublicationPart } from './publication-part.tsx'

/** The sectors, in the order of their marks. */
const sectors = Object.keys(sectorMarks) as Sector[]

/** Ways from what the program knows to the rows it comes from, drawn by the app. */
export interface KnownLinks {
  commitment: (number: number, words: string) => ReactNode
  people: (words: string) => ReactNode
}

interface KnownProps {
  slug: string
  told: PlanText
  links: KnownLinks
}

/** What the program knows for a section of the form, by the section's id; nothing where it knows nothing. */
export function KnownOfSection({ section, ...props }: KnownProps & { section: string }) {
  if (section === 'overview') return <Overview {...props} />
  if (section === 'engagement')
    return (
      <Known>
        <Row known="institutions" {...props} />
      </Known>
    )
  return null
}

/** The same under a field, by its name. */
export function KnownOfField({ field, ...props }: KnownProps & { field: string }) {
  const { known } = props.told
  if (field === 'participants')
    return (
      <Known>
        <Row known="groups" {...props} />
      </Known>
    )
  if (field === 'spaces' && known.meetings)
    return (
      <Known>
        <Row known="meetings" {...props} />
      </Known>
    )
  if (field === 'monitoringBody' && props.told.may.knowContact) return <Contact {...props} />
  return null
}

function Overview(props: KnownProps) {
  const { t } = useTranslation('planText')
  const [isOpen, setOpen] = useState(false)
  const change = props.told.may.describe && (
    <Button variant="default" aria-haspopup="dialog" onClick={() => setOpen(true)}>
      {t('describe.button')}
    </Button>
  )
  return (
    <>
      <Known actions={change}>
        {(['title', 'institutions', 'submitted', 'submissionYear', 'end', 'duration'] as const).map((known) => (
          <Row key={known} known={known} {...props} />
        ))}
      </Known>
      <PublicationPart slug={props.slug} />
      {isOpen && <DescribeSheet slug={props.slug} told={props.told} onClose={() => setOpen(false)} />}
    </>
  )
}

function Contact({ slug, told }: KnownProps) {
  const { t } = useTranslation('planText')
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const row = planRows.find((one) => one.by === 'private')
  if (row?.by !== 'private') return null
  const change = told.may.describe && (
    <Button variant="default" aria-haspopup="dialog" onClick={() => setOpen(true)}>
      {t('contact.button')}
    </Button>
  )
  return (
    <>
      <Known said={t('contact.said')} actions={change}>
        <div>
          <dt>{row.label[language]}</dt>
          <dd>{told.monitorContact ?? t('none')}</dd>
        </div>
      </Known>
      {isOpen && <DescribeSheet slug={slug} told={told} contact onClose={() => setOpen(false)} />}
    </>
  )
}

/** What stands beside the text and nobody types: set apart, and said to be so. */
function Known({ said, actions, children }: { said?: string; actions?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('planText')
  return (
    <div className={classes.known}>
      <p className={classes.said}>{said ?? t('known.said')}</p>
      <dl className={classes.list}>{children}</dl>
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  )
}

function Row({ known: key, told: { known }, links }: KnownProps & { known: PlanKnownKey }) {
  const { t } = useTranslation('planText')
  const language = useLanguage()
  const rows = planRows.filter((one) => one.by === 'known' && one.known === key)
  // Of a value that stands on two rows, the second says best what it is.
  const row = rows.at(-1)
  if (row?.by !== 'known') return null
  const numbers = rows.map((one) => one.row).join(', ')
  return (
    <div>
      <dt>
        {row.label[language]}{' '}
        <span className={classes.row}>({t('known.row', { count: rows.length, rows: numbers })})</span>
      </dt>
      <dd>
        <Value known={known} name={key} links={links} />
      </dd>
    </div>
  )
}

function Value({ known, name, links }: { known: PlanText['known']; name: PlanKnownKey; links: KnownLinks }) {
  const { t } = useTranslation('planText')
  const language = useLanguage()
  const text = knownText(known, name, language)
  if (text === '') return t('none')
  if (name === 'institutions')
    return (
      <ul className={classes.names}>
        {known.institutions.map((one) => (
          <li key={one.name}>
            {one.name}:{' '}
            {one.commitments.map((number) => (
              <span key={number}>{links.commitment(number, t('known.commitment', { number }))} </span>
            ))}
          </li>
        ))}
      </ul>
    )
  if (name === 'groups')
    return (
      <>
        <p>{links.people(t('known.groups', { count: known.groups.length }))}</p>
        <ul className={classes.names}>
          {sectors.map((sector) => {
            const names = known.groups.filter((group) => group.sector === sector).map((group) => group.name)
            if (names.length === 0) return null
            return (
              <li key={sector}>
                <SectorTag sector={sector} /> {t('known.inSector', { count: names.length, names: names.join(', ') })}
              </li>
            )
          })}
        </ul>
      </>
    )
  return text
}
