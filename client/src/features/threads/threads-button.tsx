import { ActionIcon, Button } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { threadsQuery } from './known.ts'
import classes from './threads-button.module.css'

interface ThreadsButtonProps {
  documentId: string
  isOpen: boolean
  onToggle: () => void
}

/** Opens and closes the threads, and says how many are open. On phones the picture stands for the word. */
export function ThreadsButton({ documentId, isOpen, onToggle }: ThreadsButtonProps) {
  const { t } = useTranslation('threads')
  const { data } = useQuery(threadsQuery(documentId))
  const count = data?.threads.filter(({ resolved }) => !resolved).length ?? 0
  return (
    <>
      <Button
        className={classes.wide}
        variant="default"
        leftSection={<IconMessages size={20} aria-hidden />}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        {t('title')}
        {count > 0 && (
          <>
            <span className={classes.count} aria-hidden>
              {count}
            </span>
            <span className="cb-hidden">: {t('button.open', { count })}</span>
          </>
        )}
      </Button>
      <ActionIcon
        className={classes.narrow}
        aria-label={count > 0 ? `${t('title')}: ${t('button.open', { count })}` : t('title')}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <IconMessages aria-hidden />
        {count > 0 && <span className={classes.count}>{count}</span>}
      </ActionIcon>
    </>
  )
}
