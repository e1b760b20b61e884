import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { useState } from 'react'
import { Sheet } from '../sheet.tsx'
import classes from './filters.module.css'

interface FiltersProps {
  /** How many filters are set. */
  count: number
  onClear: () => void
  words: { title: string; open: string; openCount: string; show: string; clear: string }
  /** The fields. */
  children: React.ReactNode
}

/** What to show of a list: fields over it on desks, in a sheet on phones. */
export function Filters({ count, onClear, words, children }: FiltersProps) {
  const isWide = useMediaQuery('(min-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [isOpen, setOpen] = useState(false)
  const clear = count > 0 && (
    <Button variant="subtle" onClick={onClear}>
      {words.clear}
    </Button>
  )
  if (isWide) {
    return (
      <search className={classes.filters} aria-label={words.title}>
        {children}
        {clear && <div>{clear}</div>}
      </search>
    )
  }
  return (
    <div className={classes.bar}>
      <Button variant="default" leftSection={<IconFilter aria-hidden size={20} />} onClick={() => setOpen(true)}>
        {count > 0 ? words.openCount : words.open}
      </Button>
      {clear}
      {isOpen && (
        <Sheet
          title={words.title}
          onClose={() => setOpen(false)}
          footer={<Button onClick={() => setOpen(false)}>{words.show}</Button>}
        >
          {children}
        </Sheet>
      )}
    </div>
  )
}
