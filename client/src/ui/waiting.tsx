import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './waiting.module.css'

interface WaitingProps {
  /** The real layout in grey, shown after a second. */
  skeleton?: React.ReactNode
  /** A way out, offered after three seconds. */
  onLeave?: () => void
  leaveLabel?: string
}

/**
 * Waiting as the house does it: nothing for a tenth of a second, a quiet bar up to a second, then the skeleton, and
 * after three seconds a count and a way to leave.
 */
export function Waiting({ skeleton, onLeave, leaveLabel }: WaitingProps) {
  const { t } = useTranslation()
  const tenths = useTenths()
  const seconds = Math.floor(tenths / 10)
  if (tenths < 1) return null
  return (
    <div className={classes.waiting} aria-busy="true">
      <div className={classes.bar} aria-hidden />
      {tenths >= 10 && (
        <p role="status" className={seconds >= 3 ? classes.words : 'cb-hidden'}>
          {t('waiting.loading')}
          {seconds >= 3 && <span aria-hidden> {t('waiting.seconds', { count: seconds })}</span>}
        </p>
      )}
      {seconds >= 3 && onLeave && (
        <div>
          <Button variant="default" onClick={onLeave}>
            {leaveLabel ?? t('waiting.leave')}
          </Button>
        </div>
      )}
      {tenths >= 10 && <div aria-hidden>{skeleton}</div>}
    </div>
  )
}

/** Tenths of a second since the first drawing; told at 1, 10, and then each second. */
function useTenths(): number {
  const [tenths, setTenths] = useState(0)
  useEffect(() => {
    const start = performance.now()
    const tell = () => setTenths(Math.round((performance.now() - start) / 100))
    const first = setTimeout(tell, 100)
    const later = setInterval(tell, 1000)
    return () => {
      clearTimeout(first)
      clearInterval(later)
    }
  }, [])
  return tenths
}

/** A grey block in the place of text or a control. Sizes are CSS lengths. */
export function Bone({ width = '100%', height = '1em', radius }: { width?: string; height?: string; radius?: string }) {
  return <span className={classes.bone} style={{ width, height, ...(radius ? { borderRadius: radius } : undefined) }} />
}
