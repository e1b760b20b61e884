import type { Group } from '@cabildo/protocol/http/common'
import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { SectorTag } from '../../ui/sector-tag.tsx'
import { Choices } from './choices.tsx'
import classes from './group-choice.module.css'
import { bySector, manyGroups } from './model.ts'

interface GroupChoiceProps {
  groups: readonly Group[]
  chosen: Group | undefined
  onChoose: (group: Group | undefined) => void
  fault?: string | undefined
}

/** Which group somebody comes from: a few as large buttons, many as a list to look through or to search. */
export function GroupChoice(props: GroupChoiceProps) {
  const { t } = useTranslation('workshops')
  const { t: common } = useTranslation()
  const language = useLanguage()
  const { groups, chosen, onChoose, fault } = props
  if (groups.length >= manyGroups) return <ManyGroups {...props} />
  const inOrder = bySector(groups, language).flatMap((one) => one.groups)
  return (
    <Choices
      label={t('join.group')}
      name="group"
      options={inOrder.map((group) => ({
        value: group.id,
        label: (
          <span className={classes.few}>
            {group.name}
            <span className={classes.sector}>{common(`sector.${group.sector}`)}</span>
          </span>
        ),
      }))}
      chosen={chosen?.id}
      onChoose={(id) => onChoose(groups.find((group) => group.id === id))}
      fault={fault}
    />
  )
}

/** Once one is chosen the list gives way to it, so that the button that goes in is near. */
function ManyGroups({ groups, chosen, onChoose, fault }: GroupChoiceProps) {
  const { t } = useTranslation('workshops')
  const { t: common } = useTranslation()
  const language = useLanguage()
  const [search, setSearch] = useState('')
  const place = useRef<HTMLDivElement>(null)
  const wasChosen = useRef(chosen)
  const found = bySector(groups, language, search)

  useEffect(() => {
    if (wasChosen.current === chosen) return
    wasChosen.current = chosen
    // What had the focus is gone: it goes on at what stands in its place.
    const next = place.current?.querySelector<HTMLElement>(chosen ? 'button' : 'input')
    next?.focus({ preventScroll: true })
    place.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  return (
    <section ref={place} className={classes.many} aria-labelledby="group-choice">
      <h2 id="group-choice">{t('join.group')}</h2>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault}
        </p>
      )}
      {chosen ? (
        <div className={classes.chosen}>
          <SectorTag sector={chosen.sector}>
            {chosen.name}
            <span className="cb-hidden">, {common(`sector.${chosen.sector}`)}</span>
          </SectorTag>
          <Button variant="subtle" onClick={() => onChoose(undefined)}>
            {t('join.otherGroup')}
          </Button>
        </div>
      ) : (
        <>
          <TextInput
            type="search"
            aria-label={t('join.search')}
            placeholder={t('join.search')}
            value={search}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
            // Here the key that ends a search must not send the form.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            autoComplete="off"
            enterKeyHint="search"
          />
          <p className="cb-hidden" role="status">
            {search && t('join.found', { count: found.reduce((sum, one) => sum + one.groups.length, 0) })}
          </p>
          {found.length === 0 && <p className={classes.none}>{t('join.noGroup')}</p>}
          {found.map(({ sector, groups: inSector }) => (
            <section key={sector} aria-labelledby={`sector-${sector}`} className={classes.bySector}>
              <h3 id={`sector-${sector}`}>
                <SectorTag sector={sector} />
              </h3>
              <ul>
                {inSector.map((group) => (
                  <li key={group.id}>
                    <button type="button" onClick={() => onChoose(group)}>
                      {group.name}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </>
      )}
    </section>
  )
}
