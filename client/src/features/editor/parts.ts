import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/**
 * A part of the page that is fetched when it is first needed. Without a network it is nothing rather than a broken page:
 * everything it does can be done in another way, and the text goes on.
 */
function part<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> {
  loads.push(load)
  return lazy(() => load().catch(() => ({ default: () => null })))
}

const loads: (() => Promise<unknown>)[] = []

export const Bubble = part(() => import('./bubble.tsx'))
export const SlashMenu = part(() => import('./slash-menu.tsx'))
export const LinkSheet = part(() => import('./link-sheet.tsx'))
export const ShortcutsSheet = part(() => import('./shortcuts-sheet.tsx'))
export const TableTools = part(() => import('./table-tools.tsx'))

/** Fetches all of them ahead, so that they are at hand when the network is not. */
export async function fetchParts(): Promise<void> {
  await Promise.allSettled(loads.map((load) => load()))
}
