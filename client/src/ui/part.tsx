import { Button } from '@mantine/core'
import { Component, type ComponentType, type LazyExoticComponent, lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../lib/refusal-words.ts'
import { Notice } from './notice.tsx'
import { Sheet } from './sheet.tsx'

interface PartProps {
  children: ReactNode
  /** Drawn when the part cannot be; nothing unless given. */
  failed?: (error: unknown) => ReactNode
}

/**
 * A part of a page that is fetched when it is asked for. Should it not come, or break, the rest of the page stands: a
 * text that is being written must not give way to a list that could not be fetched.
 */
export class Part extends Component<PartProps, { error: unknown }> {
  override state: { error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { children, failed } = this.props
    const { error } = this.state
    return error === undefined ? <Suspense>{children}</Suspense> : failed?.(error)
  }
}

/**
 * Parts of a page that come as one file, by their names in it; each is drawn in a `Part`, and has the file fetched. Where
 * that could not be, whichever is drawn next tries again.
 */
// biome-ignore lint/suspicious/noExplicitAny: components of any properties
export function partsOf<Parts extends Record<string, ComponentType<any>>>(load: () => Promise<Parts>) {
  let loading: Promise<Parts> | undefined
  const once = () => {
    loading ??= load().catch((error) => {
      loading = undefined
      throw error
    })
    return loading
  }
  return <Name extends keyof Parts>(name: Name): LazyExoticComponent<Parts[Name]> =>
    lazy(async () => ({ default: (await once())[name] }))
}

/** Says that a part could not be drawn: over the page with a way to close it, or without `onClose` in its own place. */
export function PartFailure({ error, onClose }: { error: unknown; onClose?: () => void }) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  // A browser remembers a program that it could not fetch until the page is loaded anew; edits stay on the device.
  const notice = (
    <Notice tone="problem" urgent {...words(error)} kept={t('failure.kept')}>
      <Button variant="default" onClick={() => window.location.reload()}>
        {t('failure.reload')}
      </Button>
    </Notice>
  )
  if (!onClose) return notice
  return (
    <Sheet title={t('failure.part')} onClose={onClose}>
      {notice}
    </Sheet>
  )
}
