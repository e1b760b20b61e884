import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

/** What is known of a person wherever one is named. `name` is empty for who is not shown by name. */
export interface Nameable {
  name: string
  group: { name: string } | null
  /** A guest of a workshop: nobody looked at who they are. */
  unverified?: true | undefined
}

/**
 * A person in words: their name; or that they are one of their group; or that they have no name; and of a guest that
 * nobody verified it. `inside` a sentence the words that stand for a name begin small. The one place that decides this;
 * no other module prints a name of its own accord.
 */
export function personWords(person: Nameable, t: TFunction<'common'>, inside = false): string {
  const who = whoWords(person, t, inside)
  return person.unverified ? `${who} (${t('people.inside.unverified')})` : who
}

function whoWords({ name, group }: Nameable, t: TFunction<'common'>, inside: boolean): string {
  if (name !== '') return name
  if (group) return t(inside ? 'people.inside.ofGroup' : 'people.ofGroup', { group: group.name })
  return t(inside ? 'people.inside.unnamed' : 'people.unnamed')
}

/** `personWords` in the reader's language. */
export function usePersonWords(): (person: Nameable, inside?: boolean) => string {
  const { t } = useTranslation('common')
  return (person, inside) => personWords(person, t, inside)
}
