import type { Authorship } from '@cabildo/protocol/http/authorship'
import type { Template } from '@cabildo/schema/templates/template'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { type GroupMark, sharesOf } from './model.ts'
import { type ShareRow, Shares } from './shares.tsx'
import { useRestRow } from './use-rest-row.ts'
import classes from './written-view.module.css'

interface FieldSharesProps {
  told: Authorship
  marks: ReadonlyMap<string, GroupMark>
  template: Template
  /** Plays how a field was written. */
  onPlay: (field: string) => void
}

/** The shares of each field that has words now, or had once, with the way to its timeline. */
export function FieldShares({ told, marks, template, onPlay }: FieldSharesProps) {
  const { t } = useTranslation('authorship')
  const language = useLanguage()
  const restRow = useRestRow()
  const [open, setOpen] = useState(false)
  const fields = template.fields.filter(({ name }) => told.shares[name])
  const rowsOf = (name: string): ShareRow[] => {
    const parts = sharesOf(told.shares[name] ?? [])
    const ofGroups = told.groups.flatMap(({ id, name: group }): ShareRow[] => {
      const part = parts.find(({ groupId }) => groupId === id)
      return part ? [{ ...part, key: id, mark: marks.get(id), name: group }] : []
    })
    const rest = parts.find(({ groupId }) => groupId === null)
    return rest ? [...ofGroups, ...restRow(rest)] : ofGroups
  }
  return (
    <details className={classes.more} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('byField')}</summary>
      {open && (
        <div className={classes.inside}>
          <ul>
            {fields.map(({ name, label }) => (
              <li key={name} className={classes.field}>
                <h3>{label[language]}</h3>
                <Shares title={label[language]} rows={rowsOf(name)} />
                <div>
                  <Button
                    variant="default"
                    onClick={() => onPlay(name)}
                    aria-label={t('playField', { field: label[language] })}
                  >
                    {t('playThis')}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </div>
      )}
    </details>
  )
}
