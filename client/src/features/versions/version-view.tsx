import type { Version, VersionItem } from '@cabildo/protocol/http/api'
import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ContentView } from '../../reading/content-view.tsx'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { People } from '../../ui/person-badge.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { Time } from '../../ui/time.tsx'
import { versionQuery } from './api.ts'
import { HashButton } from './hash-button.tsx'
import { ReadingSkeleton } from './reading-skeleton.tsx'
import { Stage } from './stage.tsx'
import type { ProofLink } from './version-row.tsx'
import classes from './version-view.module.css'
import { useVersionWords } from './version-words.ts'
import type { Written } from './who-view.tsx'

interface VersionViewProps {
  documentId: string
  versionId: string
  template: Template
  onClose: () => void
  onList?: (() => void) | undefined
  onChanges: (version: VersionItem) => void
  onCompare: (version: VersionItem) => void
  onRestore?: ((version: VersionItem) => void) | undefined
  /** Shows the words by who wrote them. */
  who: boolean
  onWho: (who: boolean) => void
  written: Written
  reserved?: ((field: string, version: Pick<Version, 'createdAt'>) => ReactNode) | undefined
  proofLink?: ProofLink | undefined
}

/** One version to read, with who made it and what can be done with it. */
export function VersionView({
  documentId,
  versionId,
  template,
  onClose,
  onList,
  who,
  onWho,
  written,
  reserved,
  ...actions
}: VersionViewProps) {
  const { t } = useTranslation('versions')
  const nameOf = useVersionWords()
  const personName = usePersonWords()
  const { data: version, error, refetch } = useQuery(versionQuery(documentId, versionId))

  return (
    <Stage title={version ? nameOf(version).full : t('version')} onClose={onClose} onList={onList}>
      {error ? (
        <NotLoaded error={error} urgent onRetry={() => void refetch()} />
      ) : version ? (
        <>
          <div className={classes.about}>
            <p className={classes.meta}>
              <Time value={version.createdAt} as="moment" />
              {version.createdBy && <> · {t('savedBy', { name: personName(version.createdBy, true) })}</>}
            </p>
            {version.note && <p className={classes.note}>{version.note}</p>}
            <div className={classes.who}>
              {version.authors.length > 0 && <People people={version.authors} label={t('authors')} limit={8} />}
              <HashButton contentHash={version.contentHash} />
            </div>
            <div className={classes.actions}>
              <Button variant={who ? 'filled' : 'default'} aria-pressed={who} onClick={() => onWho(!who)}>
                {t('action.who')}
              </Button>
              <Button variant="default" onClick={() => actions.onChanges(version)}>
                {t('action.highlight')}
              </Button>
              <Button variant="default" onClick={() => actions.onCompare(version)}>
                {t('action.compare')}
              </Button>
              {actions.onRestore && (
                <Button variant="default" onClick={() => actions.onRestore?.(version)}>
                  {t('action.restore')}
                </Button>
              )}
              {actions.proofLink?.(version, t('action.prove'), nameOf(version).full)}
            </div>
          </div>
          {who ? (
            written(version)
          ) : (
            <ContentView
              content={version.content}
              template={template}
              under={1}
              after={reserved && ((field) => reserved(field, version))}
            />
          )}
        </>
      ) : (
        <ReadingSkeleton onLeave={onClose} />
      )}
    </Stage>
  )
}
