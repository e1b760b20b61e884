import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import { withWords } from '../../locales/late.ts'
import { fetchCleaner } from './clipboard.ts'

type Parts = typeof import('./late-parts.ts').lateParts

const load = withWords(['writing'], async (): Promise<Parts> => (await import('./late-parts.ts')).lateParts)

/**
 * A part of the page that is fetched when one of them is first needed. Without a network it is nothing rather than a
 * broken page: everything it does can be done in another way, and the text goes on.
 */
function part<Name extends keyof Parts>(name: Name): LazyExoticComponent<Parts[Name]> {
  return lazy(async () => {
    const parts = await load().catch(() => undefined)
    // A component that draws nothing takes any properties.
    return { default: parts ? parts[name] : ((() => null) as ComponentType<object> as Parts[Name]) }
  })
}

export const Bubble = part('Bubble')
export const SlashMenu = part('SlashMenu')
export const PeopleSheet = part('PeopleSheet')
export const LinkSheet = part('LinkSheet')
export const ShortcutsSheet = part('ShortcutsSheet')
export const TableTools = part('TableTools')

/** Fetches all of them ahead, so that they are at hand when the network is not. */
export async function fetchParts(): Promise<void> {
  await Promise.allSettled([load(), fetchCleaner()])
}
