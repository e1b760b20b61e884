import type { Version } from '@cabildo/protocol/http/api'
import type { Authorship } from '@cabildo/protocol/http/authorship'
import type { JsonNode } from '@cabildo/schema/content'
import type { Template } from '@cabildo/schema/templates/template'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DressedText } from '../../reading/dressed-text.tsx'
import classes from './authored-text.module.css'
import { authoredFields, type GroupMark, type Stretch } from './model.ts'

interface AuthoredTextProps {
  content: Version['content']
  fields: Authorship['fields']
  marks: ReadonlyMap<string, GroupMark>
  template: Template
  onOpen: (stretch: Stretch) => void
}

/**
 * A document to read with every stretch of its words in the hue, pattern and code of the group it was written for. A
 * stretch is pressed, or reached by the arrow keys and entered, to be told who wrote it.
 */
export function AuthoredText({ content, fields, marks, template, onOpen }: AuthoredTextProps) {
  const { t } = useTranslation('authorship')
  const dressed = useMemo(
    () => authoredFields(content.fields as Readonly<Record<string, JsonNode>>, fields),
    [content, fields],
  )
  const shown = useMemo(() => ({ ...content, fields: dressed.fields as typeof content.fields }), [content, dressed])

  const draw = useMemo(
    () =>
      (attrs: Readonly<Record<string, unknown>>, text: ReactNode): ReactNode => {
        const at = Number(attrs.at)
        const stretch = dressed.stretches[at]
        if (!stretch) return text
        const mark = stretch.groupId === null ? undefined : marks.get(stretch.groupId)
        const name = mark?.name ?? t('noGroup')
        return (
          // An inline box that goes on over lines: a button element would be a block of its own.
          // biome-ignore lint/a11y/useSemanticElements: see above
          <span
            role="button"
            className={classes.words}
            data-stretch={at}
            data-sector={mark?.sector ?? 'none'}
            data-line={mark?.line ?? 'thin'}
            data-turn={mark?.turn ?? 0}
            data-code={stretch.begins ? (mark?.code ?? '–') : undefined}
            tabIndex={at === 0 ? 0 : -1}
            aria-label={t('told', { group: name, text: stretch.text })}
          >
            {text}
          </span>
        )
      },
    [dressed, marks, t],
  )

  const openAt = (at: number): boolean => {
    const stretch = dressed.stretches[at]
    if (stretch) onOpen(stretch)
    return stretch !== undefined
  }

  return (
    <DressedText content={shown} template={template} label={t('text')} keys={t('keys')} draw={draw} onOpen={openAt} />
  )
}
