import { IconArrowLeft } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { planLanguage } from '../../lib/language.ts'
import classes from './page-head.module.css'

interface PageHeadProps {
  /** Where the page hangs from. */
  back: Pick<LinkProps, 'to' | 'params'>
  /** What that is called. */
  backTo: React.ReactNode
  title: React.ReactNode
  /** What else belongs to the head of the page. */
  children?: React.ReactNode
}

/** The head of a page of a plan: the way back to where it hangs from, its title, and what is said and done at once. */
export function PageHead({ back, backTo, title, children }: PageHeadProps) {
  return (
    <header className={classes.head}>
      <p>
        <Link {...back} className={classes.back}>
          <IconArrowLeft aria-hidden size={20} />
          {backTo}
        </Link>
      </p>
      <h1>{title}</h1>
      {children}
    </header>
  )
}

interface PlanHeadProps extends Pick<PageHeadProps, 'title' | 'children'> {
  plan: { slug: string; title: string }
}

/** The head of a page that hangs from its plan. */
export function PlanHead({ plan: { slug, title: ofPlan }, ...head }: PlanHeadProps) {
  return (
    <PageHead
      back={{ to: '/plans/$slug', params: { slug } }}
      backTo={<span lang={planLanguage}>{ofPlan}</span>}
      {...head}
    />
  )
}
