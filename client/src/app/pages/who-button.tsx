import { ActionIcon, Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from '../document-tools.module.css'

/** Shows the words by who wrote them, or the text to write again. On phones the picture stands for the words. */
export default function WhoButton({ isOn, onToggle }: { isOn: boolean; onToggle: () => void }) {
  const { t } = useTranslation()
  const words = t('document.who')
  return (
    <>
      <Button className={classes.wide} variant={isOn ? 'filled' : 'default'} aria-pressed={isOn} onClick={onToggle}>
        {words}
      </Button>
      <ActionIcon className={classes.narrow} aria-label={words} aria-pressed={isOn} onClick={onToggle}>
        <IconUsers aria-hidden />
      </ActionIcon>
    </>
  )
}
