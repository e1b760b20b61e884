import type { Group } from '@cabildo/protocol/http/common'
import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './group-choice.module.css'

interface GroupMissingProps {
  groups: readonly Group[]
  /** Asks for the list again; answers whether it came. */
  onRefresh: () => Promise<boolean>
}

/** What to do when one's group is not in the list: whoever facilitates adds it, and the list is asked for again. */
export function GroupMissing({ groups, onRefresh }: GroupMissingProps) {
  const { t } = useTranslation('workshops')
  const [asking, setAsking] = useState(false)
  const [came, setCame] = useState<boolean>()
  const before = useRef(groups)
  const fresh = groups.filter(({ id }) => !before.current.some((group) => group.id === id))

  const refresh = async () => {
    before.current = groups
    setAsking(true)
    setCame(await onRefresh())
    setAsking(false)
  }
  const found = () => {
    if (!came) return t('join.missing.failed')
    if (fresh.length === 0) return t('join.missing.nothing')
    return t('join.missing.found', { names: fresh.map(({ name }) => name).join(', ') })
  }
  return (
    <section className={classes.missing} aria-labelledby="group-missing">
      <h2 id="group-missing">{t('join.missing.title')}</h2>
      <p>{t('join.missing.todo')}</p>
      <div>
        <Button
          variant="default"
          leftSection={<IconRefresh size={20} aria-hidden />}
          loading={asking}
          onClick={() => void refresh()}
        >
          {t('join.missing.button')}
        </Button>
      </div>
      <p role="status">{came !== undefined && !asking && found()}</p>
    </section>
  )
}
