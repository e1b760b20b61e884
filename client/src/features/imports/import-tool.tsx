import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { lazy, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Part } from '../../ui/part.tsx'
import classes from './imports.module.css'

const ImportSheet = lazy(async () => ({ default: (await import('./import-sheet.tsx')).ImportSheet }))

interface ImportToolProps {
  documentId: string
  template: Template
}

/** Under a text that takes edits: brings in another that was written in Word or Markdown. */
export function ImportTool({ documentId, template }: ImportToolProps) {
  const { t } = useTranslation('imports')
  const [isOpen, setOpen] = useState(false)
  return (
    <div className={classes.tool}>
      <Button variant="default" leftSection={<IconFileImport aria-hidden size={20} />} onClick={() => setOpen(true)}>
        {t('open')}
      </Button>
      <Part>
        {isOpen && <ImportSheet documentId={documentId} template={template} onClose={() => setOpen(false)} />}
      </Part>
    </div>
  )
}
