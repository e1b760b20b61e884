import type { Version } from '@cabildo/protocol/http/api'
import type { WordsFromInput } from '@cabildo/protocol/http/inputs'
import type { JsonNode } from '@cabildo/schema/content'
import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { useLanguage } from '../../lib/language.ts'
import { standingQuery } from '../../lib/standing-query.ts'
import { DressedText } from '../../reading/dressed-text.tsx'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { passagesQuery } from './api.ts'
import { BehindSheet } from './behind-sheet.tsx'
import { LinkWords, type Selected, selectedWords } from './link-words.tsx'
import { dressOrigins, inputsOf, type OriginStretch } from './model.ts'
import classes from './origins.module.css'

export interface OriginsViewProps {
  documentId: string
  planId: string
  template: Template
  /** The open text, in which words are found by their ids. */
  doc: Y.Doc
  /** The number of an input whose words are shown first. */
  input?: number | undefined
  /** Draws all that an input changed, here and elsewhere. */
  changed: (input: { id: string; number: number }) => ReactNode
}

/** Where the words of a text come from: those that inputs brought about are marked, and lead to the inputs. */
export default function OriginsView(props: OriginsViewProps) {
  const { documentId } = props
  const passages = useQuery(passagesQuery(documentId))
  const seq = passages.data?.seq ?? 0
  const standing = useQuery({ ...standingQuery(documentId, seq), enabled: passages.data !== undefined })
  const error = passages.error ?? standing.error

  if (passages.data && standing.data) return <Origins {...props} told={passages.data} content={standing.data.content} />
  if (!error) return <Waiting />
  return <NotLoaded error={error} urgent onRetry={() => void Promise.all([passages.refetch(), standing.refetch()])} />
}

interface OriginsProps extends OriginsViewProps {
  told: { mayLink: boolean; items: WordsFromInput[] }
  content: Version['content']
}

function Origins({ told, content, documentId, planId, template, doc, input, changed }: OriginsProps) {
  const { t } = useTranslation('origins')
  const [open, setOpen] = useState<OriginStretch>()
  const [linking, setLinking] = useState<Selected>()
  const dressed = useMemo(
    () => dressOrigins(content.fields as Readonly<Record<string, JsonNode>>, told.items),
    [content, told],
  )
  const shown = useMemo(() => ({ ...content, fields: dressed.fields as typeof content.fields }), [content, dressed])
  const gone = told.items.filter(({ places }) => places.length === 0)

  const draw = useMemo(
    () =>
      (attrs: Readonly<Record<string, unknown>>, words: ReactNode): ReactNode => {
        const at = Number(attrs.at)
        const stretch = dressed.stretches[at]
        if (!stretch) return words
        const numbers = inputsOf(stretch.passages).map(({ number }) => number)
        return (
          // An inline box that goes on over lines: a button element would be a block of its own.
          // biome-ignore lint/a11y/useSemanticElements: see above
          <span
            role="button"
            className={classes.words}
            data-stretch={at}
            data-wanted={(input !== undefined && numbers.includes(input)) || undefined}
            data-numbers={numbers.join(', ')}
            tabIndex={at === 0 ? 0 : -1}
            aria-label={t('told', { count: numbers.length, numbers: numbers.join(', '), text: stretch.text })}
          >
            {words}
          </span>
        )
      },
    [dressed, input, t],
  )
  useWanted(input, dressed.stretches.length > 0)

  return (
    <div className={classes.view}>
      <p className={classes.hint}>{told.items.length === 0 ? t('none') : t('hint')}</p>
      {told.mayLink && (
        <Button
          className={classes.link}
          variant="default"
          leftSection={<IconLink size={20} aria-hidden />}
          // The text keeps its selection, which tells the words.
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setLinking(selectedWords())}
        >
          {t('link.open')}
        </Button>
      )}
      <DressedText
        content={shown}
        template={template}
        label={t('text')}
        keys={t('keys')}
        draw={draw}
        onOpen={(at) => {
          const stretch = dressed.stretches[at]
          if (stretch) setOpen(stretch)
          return stretch !== undefined
        }}
      />
      {gone.length > 0 && <Gone passages={gone} template={template} onOpen={setOpen} />}
      {open && <BehindSheet stretch={open} changed={changed} onClose={() => setOpen(undefined)} />}
      {linking && (
        <LinkWords
          {...{ documentId, planId, template, doc }}
          selected={linking}
          onClose={() => setLinking(undefined)}
        />
      )}
    </div>
  )
}

/** Words that stand nowhere any more: what they said, and the inputs behind them. */
function Gone({
  passages,
  template,
  onOpen,
}: {
  passages: readonly WordsFromInput[]
  template: Template
  onOpen: (stretch: OriginStretch) => void
}) {
  const { t } = useTranslation('origins')
  const language = useLanguage()
  const labelOf = (name: string) => template.fields.find((field) => field.name === name)?.label[language] ?? name
  return (
    <section className={classes.gone} aria-labelledby="origins-gone">
      <h2 id="origins-gone">{t('gone')}</h2>
      <ul>
        {passages.map((passage) => (
          <li key={passage.entry}>
            <p className={classes.small}>{labelOf(passage.field)}</p>
            <blockquote className={classes.quote}>{passage.quote}</blockquote>
            <Button
              variant="subtle"
              onClick={() => onOpen({ field: passage.field, text: passage.quote, passages: [passage] })}
            >
              {t('see', { number: passage.input.number })}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Brings the words of the input that was asked for into sight. */
function useWanted(input: number | undefined, ready: boolean): void {
  useEffect(() => {
    if (input === undefined || !ready) return
    const words = document.querySelector<HTMLElement>('[data-stretch][data-wanted]')
    words?.scrollIntoView({ block: 'center' })
    words?.focus({ preventScroll: true })
  }, [input, ready])
}
