import type { VersionItem } from '@cabildo/protocol/http/api'
import type { Template } from '@cabildo/schema/templates/template'
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DiffView } from '../../reading/diff-view.tsx'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { diffQuery, useVersions } from './api.ts'
import classes from './compare-view.module.css'
import { comparison } from './model.ts'
import { ReadingSkeleton } from './reading-skeleton.tsx'
import { Stage } from './stage.tsx'
import { useVersionWords } from './version-words.ts'

interface CompareViewProps {
  documentId: string
  versionId: string
  /** Id of a version, `previous` or `head`. */
  other: string
  template: Template
  onClose: () => void
  onList?: (() => void) | undefined
  onPick: (pair: { v: string; with: string }) => void
}

/** Two versions, or a version and the text of now, compared; which two can be chosen anew at any time. */
export function CompareView({ documentId, versionId, other, template, onClose, onList, onPick }: CompareViewProps) {
  const { t } = useTranslation('versions')
  const nameOf = useVersionWords()
  const { data: diff, error, refetch } = useQuery(diffQuery(documentId, versionId, other))
  const { items } = useVersions(documentId)
  // Whoever chooses what to compare may want to choose again, and stays at the lists.
  const [picked, setPicked] = useState(false)
  const pick = (pair: { v: string; with: string }) => {
    setPicked(true)
    onPick(pair)
  }

  const title = () => {
    if (!diff) return t('compare.waiting')
    if (!diff.from) return t('compare.first', { number: diff.to?.number })
    const before = t('compare.the', { number: diff.from.number })
    return t('compare.title', {
      before,
      after: diff.to ? t('compare.the', { number: diff.to.number }) : t('compare.now'),
    })
  }

  return (
    <Stage wide title={title()} onClose={onClose} onList={onList}>
      {error ? (
        <NotLoaded error={error} urgent onRetry={() => void refetch()} />
      ) : diff ? (
        <>
          <PairPicker items={items} from={diff.from} to={diff.to} onPick={pick} />
          <DiffView
            key={`${versionId} ${other}`}
            diff={diff}
            template={template}
            under={1}
            toFirst={!picked}
            before={diff.from ? nameOf(diff.from).short : t('compare.nothingText')}
            after={diff.to ? nameOf(diff.to).short : t('compare.nowText')}
          />
        </>
      ) : (
        <ReadingSkeleton onLeave={onClose} />
      )}
    </Stage>
  )
}

interface PairPickerProps {
  items: readonly VersionItem[]
  /** Null: nothing stood before. */
  from: VersionItem | null
  /** Null: the text of now. */
  to: VersionItem | null
  onPick: (pair: { v: string; with: string }) => void
}

/** Two lists to choose what is compared with what. The older always becomes the left one. */
function PairPicker({ items, from, to, onPick }: PairPickerProps) {
  const { t } = useTranslation('versions')
  const nameOf = useVersionWords()
  // What the address names may be on a page of the list that is not here yet.
  const known = new Map([...items, from, to].flatMap((item) => (item ? [[item.id, item] as const] : [])))
  const versions = [...known.values()].sort((a, b) => b.number - a.number)
  const options = versions.map((version) => ({ value: version.id as string, label: nameOf(version).full }))
  const find = (id: string) => versions.find((version) => version.id === id)

  const pickFrom = (id: string) => {
    const picked = find(id)
    if (picked) onPick(comparison(picked, to ?? 'head'))
  }
  const pickTo = (id: string) => {
    const picked = id === 'head' ? 'head' : find(id)
    if (!picked) return
    if (from) onPick(comparison(from, picked))
    else if (picked !== 'head') onPick({ v: picked.id, with: 'previous' })
    else if (to) onPick(comparison(to, 'head'))
  }

  return (
    <div className={classes.pair}>
      <NativeSelect
        label={t('compare.from')}
        value={from?.id ?? ''}
        onChange={(event) => pickFrom(event.currentTarget.value)}
        data={[
          ...(from ? [] : [{ value: '', label: t('compare.nothingText') }]),
          ...options.map((option) => ({ ...option, disabled: option.value === to?.id })),
        ]}
      />
      <NativeSelect
        label={t('compare.to')}
        value={to?.id ?? 'head'}
        onChange={(event) => pickTo(event.currentTarget.value)}
        data={[
          { value: 'head', label: t('compare.nowText') },
          ...options.map((option) => ({ ...option, disabled: option.value === from?.id })),
        ]}
      />
    </div>
  )
}
