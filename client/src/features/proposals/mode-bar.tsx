import type { Proposal } from '@cabildo/protocol/http/proposals'
import { Button, NativeSelect } from '@mantine/core'
import { IconFileDiff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Part, PartFailure } from '../../ui/part.tsx'
import { proposalsQuery } from './api.ts'
import { forgetEarlier } from './forget-earlier.ts'
import classes from './proposals.module.css'

const ProposalsSheet = lazy(() => import('./proposals-sheet.tsx'))

/** How somebody is in a text: writing in it, writing on a copy, or reading. */
export type Mode = 'edit' | 'propose' | 'read'

interface ModeBarProps {
  documentId: string
  userId: string
  /** Of the text that is open. */
  epoch: number
  mode: Mode
  canEdit: boolean
  mayPropose: boolean
  /** With one's own proposal when it is to be written anew. */
  onMode: (mode: Mode, revised?: Proposal) => void
}

/** Above the text at its right: the way one is in it, and what others propose. */
export default function ModeBar({ documentId, userId, epoch, mode, canEdit, mayPropose, onMode }: ModeBarProps) {
  const modes = (['edit', 'propose', 'read'] as const).filter(
    (one) => one === 'read' || (one === 'edit' ? canEdit : mayPropose),
  )
  const { t } = useTranslation('proposals')
  const { data } = useQuery(proposalsQuery(documentId))
  const [open, setOpen] = useState(false)
  useEffect(() => forgetEarlier(documentId, userId, epoch), [documentId, userId, epoch])
  const count = data?.items.filter(({ state }) => state === 'open').length ?? 0
  return (
    <div className={classes.modes}>
      {(data?.items.length ?? 0) > 0 && (
        <Button variant="subtle" leftSection={<IconFileDiff size={22} aria-hidden />} onClick={() => setOpen(true)}>
          {t('open', { count })}
        </Button>
      )}
      <NativeSelect
        aria-label={t('mode.label')}
        value={mode}
        data={modes.map((value) => ({ value, label: t(`mode.${value}`) }))}
        onChange={(event) => {
          const next = modes.find((one) => one === event.currentTarget.value)
          if (next) onMode(next)
        }}
      />
      {open && (
        <Part failed={(error) => <PartFailure error={error} onClose={() => setOpen(false)} />}>
          <ProposalsSheet
            documentId={documentId}
            onClose={() => setOpen(false)}
            onRevise={(proposal) => {
              setOpen(false)
              onMode('propose', proposal)
            }}
          />
        </Part>
      )}
    </div>
  )
}
