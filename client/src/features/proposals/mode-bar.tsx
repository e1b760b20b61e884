import { Button, NativeSelect } from '@mantine/core'
import { IconFileDiff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Part, PartFailure } from '../../ui/part.tsx'
import { proposalsQuery } from './api.ts'
import classes from './proposals.module.css'

const ProposalsSheet = lazy(() => import('./proposals-sheet.tsx'))

/** How somebody is in a text: writing in it, writing on a copy, or reading. */
export type Mode = 'edit' | 'propose' | 'read'

interface ModeBarProps {
  documentId: string
  mode: Mode
  /** Those that the reader may choose from. */
  modes: readonly Mode[]
  onMode: (mode: Mode) => void
}

/** Above the text at its right: the way one is in it, and what others propose. */
export default function ModeBar({ documentId, mode, modes, onMode }: ModeBarProps) {
  const { t } = useTranslation('proposals')
  const { data } = useQuery(proposalsQuery(documentId))
  const [open, setOpen] = useState(false)
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
          <ProposalsSheet documentId={documentId} onClose={() => setOpen(false)} />
        </Part>
      )}
    </div>
  )
}
