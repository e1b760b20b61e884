import type { Group, Person } from '@cabildo/protocol/http/common'
import type { RecordItem } from '@cabildo/protocol/http/record'
import { useTranslation } from 'react-i18next'
import { usePersonWords } from '../../ui/person-words.ts'
import { type Names, tell } from './sentences.ts'
import { useTypeWords } from './use-type-words.ts'

/** Those whom details can name. */
interface Known {
  people: ReadonlyMap<string, Person | null>
  groups: readonly Group[]
}

/** Tells entries in sentences, and who made them, in the reader's language. */
export function useTelling({ people, groups }: Known): {
  sentence: (item: RecordItem) => string
  /** Who made an entry whose sentence is about somebody else; nothing when it says so itself. */
  maker: (item: RecordItem) => string | undefined
} {
  const { t } = useTranslation('record')
  const { t: members } = useTranslation('people')
  const { t: plans } = useTranslation('plans')
  const { t: common } = useTranslation()
  const nameOf = usePersonWords()
  const typeWords = useTypeWords()
  const words = (person: Person | null | undefined, inside = false) =>
    person ? nameOf(person, inside) : t(inside ? 'who.goneInside' : 'who.gone')
  const names: Names = {
    who: (actor) => (actor ? words(actor.person) : t('who.program')),
    person: (pid, inside = false) => words(people.get(String(pid)), inside),
    behalf: ({ person }) => words(person, true),
    group: (id) =>
      id === undefined ? members('noGroup') : (groups.find((group) => group.id === id)?.name ?? t('tell.groupUnknown')),
    // The record tells roles, states and sectors as text.
    role: (role) => (role === undefined ? '' : common(`role.${role}` as 'role.drafter')),
    state: (state) => plans(`state.${state}` as 'state.drafting'),
    planState: (state) => plans(`planState.${state}` as 'planState.drafting'),
    sector: (sector) => common(`sector.${sector}` as 'sector.government'),
    text: (document) => {
      if (!document) return t('tell.noText')
      const { title, number } = document
      return title === '' ? t('tell.numbered', { number }) : t('tell.text', { title })
    },
    type: typeWords,
    noBasis: t('tell.noBasis'),
  }
  return {
    sentence: (item) => {
      const { words: namespace, key, values } = tell(item, names)
      if (namespace === 'people')
        return members(key as 'history.joined', values as Record<'name' | 'role' | 'group', string>)
      return t(key as 'tell.keyRotation', values)
    },
    maker: ({ type, actor, details }) => {
      if (type !== 'membership' || !actor || actor.pid === details?.person) return undefined
      return words(actor.person, true)
    },
  }
}
