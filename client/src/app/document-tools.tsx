import { ActionIcon, Button } from '@mantine/core'
import { IconArrowLeft, IconHistory } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './document-tools.module.css'

/** From a commitment back to its plan. */
export function BackToPlan({ slug }: { slug: string }) {
  const { t } = useTranslation()
  return (
    <ActionIcon
      renderRoot={(props) => <Link to="/plans/$slug" params={{ slug }} {...props} />}
      aria-label={t('document.back')}
    >
      <IconArrowLeft aria-hidden />
    </ActionIcon>
  )
}

/** Opens and closes the list of versions beside the text. On phones the picture stands for the word. */
export function VersionsButton({ isOpen, onToggle }: { isOpen: boolean; onToggle: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Button
        className={classes.wide}
        variant="default"
        leftSection={<IconHistory size={20} aria-hidden />}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        {t('document.versions')}
      </Button>
      <ActionIcon
        className={classes.narrow}
        aria-label={t('document.versions')}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <IconHistory aria-hidden />
      </ActionIcon>
    </>
  )
}
