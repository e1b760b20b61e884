import type { ResourceKey } from 'i18next'

const files = import.meta.glob<ResourceKey>('./en/*.json', { eager: true, import: 'default' })

/** Every namespace of this language, by name. A chunk of its own, loaded only when the language is in use. */
export const catalogue: Record<string, ResourceKey> = Object.fromEntries(
  Object.entries(files).map(([path, words]) => [path.slice('./en/'.length, -'.json'.length), words]),
)
