import type { Plan } from '@cabildo/protocol/http/api'
import type { Input } from '@cabildo/protocol/http/inputs'
import { labelNamed } from '@cabildo/schema/templates/labels'
import type { Template } from '@cabildo/schema/templates/template'
import { Button, NativeSelect } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { standingCommitments } from '../../lib/standing-commitments.ts'
import { textAddress, textTitle } from '../../lib/text-address.ts'
import { Notice } from '../../ui/notice.tsx'
import { useInputAct } from './api.ts'
import classes from './inputs.module.css'

interface InputLinksProps {
  plan: Plan
  input: Input
  template: Template
}

/** The commitments and fields that an input has to do with; who may links it to another, and takes a link away. */
export function InputLinks({ plan, input, template }: InputLinksProps) {
  const { t } = useTranslation('inputs')
  const language = useLanguage()
  const refusal = useRefusalWords()
  const act = useInputAct(plan.slug, input.id)
  const heading = useRef<HTMLHeadingElement>(null)
  if (input.links.length === 0 && !input.may.link) return null
  const labelOf = (field: string) => labelNamed(field)?.[language] ?? field
  return (
    <section className={classes.part} aria-labelledby="links">
      <h2 id="links" ref={heading} tabIndex={-1}>
        {t('links.title')}
      </h2>
      {input.links.length === 0 && <p>{t('links.none')}</p>}
      {input.links.length > 0 && (
        <ul className={classes.list}>
          {input.links.map(({ number, document, field, quote }) => (
            <li key={number} className={classes.title}>
              <div>
                <Link {...textAddress(plan.slug, document.number)} lang={planLanguage}>
                  {textTitle(document)}
                </Link>
                {field !== null && <p className={classes.soft}>{labelOf(field)}</p>}
                {quote !== null && (
                  <p className={classes.soft}>
                    <q lang={planLanguage}>{quote.trim()}</q>
                  </p>
                )}
              </div>
              {input.may.link && (
                <Button
                  variant="default"
                  loading={act.isPending}
                  aria-label={t('links.removeOf', { number, title: document.title })}
                  // The button goes, and the focus with it.
                  onClick={() =>
                    void act.mutateAsync({ act: 'unlink', link: number }).then(
                      () => heading.current?.focus(),
                      () => undefined,
                    )
                  }
                >
                  {t('links.remove')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {act.isError && <Notice tone="problem" urgent {...refusal(act.error)} />}
      {input.may.link && <Linking {...{ plan, input, template }} />}
    </section>
  )
}

function Linking({ plan, input, template }: InputLinksProps) {
  const { t } = useTranslation('inputs')
  const language = useLanguage()
  const refusal = useRefusalWords()
  const act = useInputAct(plan.slug, input.id)
  const [documentId, setDocumentId] = useState(standingCommitments(plan.commitments)[0]?.documentId ?? '')
  const [field, setField] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    act.mutate({ act: 'link', documentId, field: field === '' ? undefined : field })
  }
  return (
    <details>
      <summary className={classes.summary}>{t('links.add')}</summary>
      <form className={classes.form} onSubmit={send}>
        <div className={classes.fields}>
          <NativeSelect
            label={t('filter.commitment')}
            value={documentId}
            onChange={({ currentTarget: { value } }) => setDocumentId(value)}
            data={standingCommitments(plan.commitments, documentId).map((one) => ({
              value: one.documentId,
              label: `${one.number}. ${one.title}`,
            }))}
          />
          <NativeSelect
            label={t('links.field')}
            value={field}
            onChange={({ currentTarget: { value } }) => setField(value)}
            data={[
              { value: '', label: t('links.whole') },
              ...template.fields.map(({ name, label }) => ({ value: name, label: label[language] })),
            ]}
          />
        </div>
        {act.isError && <Notice tone="problem" urgent {...refusal(act.error)} />}
        <div>
          <Button type="submit" variant="default" loading={act.isPending}>
            {t('links.send')}
          </Button>
        </div>
      </form>
    </details>
  )
}
