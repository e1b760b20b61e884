import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GroupSheet } from './group-sheet.tsx'
import classes from './people-view.module.css'

/** Adds a group that is missing where people come in, by whoever runs the workshop; how to reach it is said elsewhere. */
export function AddGroup({ slug }: { slug: string }) {
  const { t } = useTranslation('people')
  const [isOpen, setIsOpen] = useState(false)
  const [added, setAdded] = useState<string>()
  return (
    <div className={classes.adding}>
      <Button
        variant="default"
        leftSection={<IconPlus size={20} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        {t('groups.addMissing')}
      </Button>
      <p role="status">{added !== undefined && t('groups.added', { name: added })}</p>
      {isOpen && (
        <GroupSheet
          slug={slug}
          group={undefined}
          manages={false}
          onClose={() => setIsOpen(false)}
          onSaved={({ name }) => setAdded(name)}
        />
      )}
    </div>
  )
}
