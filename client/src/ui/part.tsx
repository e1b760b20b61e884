import { Button } from '@mantine/core'
import {
  Component,
  type ComponentProps,
  type ComponentType,
  createElement,
  type ReactNode,
  Suspense,
  useEffect,
  useState,
} from 'react'
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
 * Parts of a page that come as one file, by their names in it; each is drawn in a `Part`, and has the file fetched, unless
 * `fetch` was called before. Where that could not be, whichever is drawn next tries again. They are drawn together as soon
 * as the file is there: React draws what was `lazy` only three tenths of a second after it last drew an empty place.
 */
// biome-ignore lint/suspicious/noExplicitAny: components of any properties
export function partsOf<Parts extends Record<string, ComponentType<any>>>(load: () => Promise<Parts>) {
  const source: PartSource<Parts> = { parts: undefined, fetch }
  let fetching: Promise<void> | undefined
  function fetch() {
    fetching ??= load().then(
      (parts) => {
        source.parts = parts
      },
      (error) => {
        fetching = undefined
        throw error
      },
    )
    return fetching
  }
  const part =
    <Name extends keyof Parts>(name: Name) =>
    (properties: ComponentProps<Parts[Name]>) => {
      const drawn = useParts(source)?.[name]
      return drawn && createElement(drawn, properties)
    }
  return Object.assign(part, { fetch })
}

interface PartSource<Parts> {
  /** Undefined until they are fetched. */
  parts: Parts | undefined
  fetch(): Promise<void>
}

/** The parts, once they are there. Throws, while drawing, why they could not be fetched. */
function useParts<Parts>(source: PartSource<Parts>): Parts | undefined {
  const [state, setState] = useState<{ failed?: unknown; isThere: boolean }>({ isThere: source.parts !== undefined })
  useEffect(() => {
    if (state.isThere) return
    let isGone = false
    const tell = (next: typeof state) => {
      if (!isGone) setState(next)
    }
    source.fetch().then(
      () => tell({ isThere: true }),
      (failed) => tell({ failed, isThere: false }),
    )
    return () => {
      isGone = true
    }
  }, [source, state.isThere])
  if (state.failed !== undefined) throw state.failed
  return state.isThere ? source.parts : undefined
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
