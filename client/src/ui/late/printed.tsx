import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import classes from './printed.module.css'

/**
 * What goes on paper in place of the page. Draw it to print: the browser's own question comes at once, and `onDone`
 * when it has been answered.
 */
export function Printed({ children, onDone }: { children: React.ReactNode; onDone: () => void }) {
  useEffect(() => {
    window.addEventListener('afterprint', onDone, { once: true })
    // After the drawing: what is printed is what stands in the page then.
    const turn = requestAnimationFrame(() => window.print())
    return () => {
      cancelAnimationFrame(turn)
      window.removeEventListener('afterprint', onDone)
    }
  }, [onDone])
  return createPortal(<div className={classes.paper}>{children}</div>, document.body)
}
