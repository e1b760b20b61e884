import type { Version } from '@cabildo/protocol/http/api'
import type { JsonNode } from '@cabildo/schema/content'
import type { Template, TemplateField } from '@cabildo/schema/templates/template'
import { Fragment, memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../lib/language.ts'
import { isBlank } from './blocks.ts'
import classes from './content-view.module.css'
import { FactsView } from './facts-view.tsx'
import { MilestonesView } from './milestones-view.tsx'
import { RichText } from './rich-text.tsx'

interface ContentViewProps {
  content: Version['content']
  template: Template
  /** Level of the heading above: the sections come below it. */
  under: 1 | 2 | 3
  /** Blocks to mark as fresh, as `field/index` (`freshBlocks`). */
  fresh?: ReadonlySet<string> | undefined
  /** Shows one field and nothing else. */
  only?: string | undefined
  /** Draws what stands under a field. */
  after?: ((field: string) => ReactNode) | undefined
}

/**
 * A whole document to read, in the order and with the words of its template: every field with its label, milestones,
 * facts. Fields that the template does not know are shown last rather than hidden.
 */
export function ContentView({ content, template, under, fresh, only, after }: ContentViewProps) {
  const { t } = useTranslation('reading')
  const language = useLanguage()
  // What travels is ProseMirror's JSON; the renderer trusts none of it.
  const fields = content.fields as Record<string, JsonNode>
  const known = new Map(template.fields.map((field) => [field.name, field]))
  const strangers = Object.keys(fields).filter((name) => !known.has(name))
  const Section = `h${under + 1}` as 'h3'

  return (
    <article className={classes.content}>
      {template.sections
        .filter(({ fields: names }) => isShown(names, only))
        .map((section) => {
          const facts = section.facts.flatMap((key) => template.facts.find((fact) => fact.key === key) ?? [])
          return (
            <section key={section.id} className={classes.section}>
              <Section className={classes.sectionName}>{section.label[language]}</Section>
              {section.fields
                .filter((name) => isShown([name], only))
                .map((name) => (
                  <Fragment key={name}>
                    <FieldView
                      name={name}
                      label={known.get(name)?.label[language] ?? name}
                      kind={known.get(name)?.kind ?? 'rich'}
                      doc={fields[name]}
                      level={under + 2}
                      fresh={freshIn(fresh, name)}
                      none={t('field.blank')}
                    />
                    {after?.(name)}
                  </Fragment>
                ))}
              {facts.length > 0 && only === undefined && <FactsView facts={facts} values={content.facts} />}
            </section>
          )
        })}
      {strangers
        .filter((name) => isShown([name], only))
        .map((name) => (
          <FieldView
            key={name}
            name={name}
            label={name}
            kind="rich"
            doc={fields[name]}
            level={under + 2}
            fresh=""
            none=""
          />
        ))}
    </article>
  )
}

const isShown = (names: readonly string[], only: string | undefined): boolean =>
  only === undefined || names.includes(only)

/** The places of one field as one text, so that a field whose marks did not change is not drawn again. */
const freshIn = (fresh: ReadonlySet<string> | undefined, name: string): string =>
  [...(fresh ?? [])].flatMap((place) => (place.startsWith(`${name}/`) ? place.slice(name.length + 1) : [])).join()

interface FieldViewProps {
  name: string
  label: string
  kind: TemplateField['kind']
  doc: JsonNode | undefined
  level: number
  fresh: string
  none: string
}

const FieldView = memo(function FieldView({ name, label, kind, doc, level, fresh, none }: FieldViewProps) {
  const Heading = `h${level}` as 'h4'
  const places = new Set(fresh === '' ? [] : fresh.split(',').map(Number))
  return (
    <section className={classes.field} data-field={name}>
      <Heading className={classes.label}>{label}</Heading>
      {kind === 'milestones' && doc ? (
        <MilestonesView doc={doc} under={level} fresh={places} />
      ) : isBlank(doc) || !doc ? (
        <p className={classes.blank}>{none}</p>
      ) : (
        <RichText doc={doc} under={level} fresh={places} />
      )}
    </section>
  )
})
