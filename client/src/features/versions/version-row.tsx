import type { VersionItem } from '@cabildo/protocol/http/api'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { People } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { HashButton } from './hash-button.tsx'
import classes from './version-row.module.css'
import { useVersionWords } from './version-words.ts'

/** What can be done from a version of the list. */
export interface VersionActions {
  onOpen: (version: VersionItem) => void
  onChanges: (version: VersionItem) => void
  onCompare: (version: VersionItem) => void
  /** Absent when the reader may not restore. */
  onRestore?: ((version: VersionItem) => void) | undefined
  /** The way to the version's entry in the record, in these words; absent when the reader may not read that. */
  proofLink?: ProofLink | undefined
}

/** Draws the way to a version's entry in the record. `about` tells it from those of other versions. */
export type ProofLink = (version: VersionItem, words: string, about: string) => React.ReactNode

interface VersionRowProps extends VersionActions {
  version: VersionItem
  /** This version is on the screen. */
  shown: boolean
  /** Its text is known to be that of the version before. */
  unchanged: boolean
}

/** One version in the list. Everything that can be done with it stands there; nothing waits for a pointer. */
export function VersionRow({ version, shown, unchanged, ...actions }: VersionRowProps) {
  const { onOpen, onChanges, onCompare, onRestore, proofLink } = actions
  const { t } = useTranslation('versions')
  const personName = usePersonWords()
  const { title, short, full } = useVersionWords()(version)
  const about = (action: string) => ({ 'aria-label': `${action}: ${full}` })

  return (
    <li className={classes.row} data-shown={shown || undefined} data-kind={version.kind}>
      <div className={classes.head}>
        <h4 className={classes.title}>
          <button
            type="button"
            className={classes.open}
            aria-current={shown ? 'true' : undefined}
            onClick={() => onOpen(version)}
          >
            <span className={classes.number}>{short}</span> {title}
          </button>
        </h4>
        <p className={classes.meta}>
          <Time value={version.createdAt} />
          {version.createdBy && <> · {t('savedBy', { name: personName(version.createdBy, true) })}</>}
        </p>
      </div>
      {version.note && <p className={classes.note}>{version.note}</p>}
      <div className={classes.who}>
        <Authors version={version} unchanged={unchanged} />
        <HashButton contentHash={version.contentHash} />
      </div>
      <div className={classes.actions}>
        <Button variant="default" px="xs" fz="sm" onClick={() => onChanges(version)} {...about(t('action.changes'))}>
          {t('action.changes')}
        </Button>
        <Button variant="subtle" px="xs" fz="sm" onClick={() => onCompare(version)} {...about(t('action.compare'))}>
          {t('action.compare')}
        </Button>
        {onRestore && (
          <Button variant="subtle" px="xs" fz="sm" onClick={() => onRestore(version)} {...about(t('action.restore'))}>
            {t('action.restore')}
          </Button>
        )}
        {proofLink?.(version, t('action.prove'), full)}
      </div>
    </li>
  )
}

/** Who wrote what is new in a version. Of a restored one all is said already: from which, and by whom. */
function Authors({ version, unchanged }: Pick<VersionRowProps, 'version' | 'unchanged'>) {
  const { t } = useTranslation('versions')
  if (version.kind === 'restored') return null
  if (version.authors.length > 0) return <People people={version.authors} label={t('authors')} limit={6} />
  return unchanged && <span className={classes.meta}>{t('noAuthors')}</span>
}
