import { IconArrowLeft } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import classes from './page-head.module.css'

interface PageHeadProps {
  /** Where the page hangs from. */
  back: Pick<LinkProps, 'to' | 'params'>
  /** What that is called. */
  backTo: React.ReactNode
  /** The language of that, where it is not the page's. */
  backLang?: string
  title: React.ReactNode
  /** What else belongs to the head of the page. */
  children?: React.ReactNode
}

/** The head of a page: the way back to where it hangs from, its title, and what is said and done at once. */
export function PageHead({ back, backTo, backLang, title, children }: PageHeadProps) {
  return (
    <header className={classes.head}>
      <p>
        <Link {...back} className={classes.back}>
          <IconArrowLeft aria-hidden size={20} />
          <span lang={backLang}>{backTo}</span>
        </Link>
      </p>
      <h1>{title}</h1>
      {children}
    </header>
  )
}
