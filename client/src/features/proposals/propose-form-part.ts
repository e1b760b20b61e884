import { partsOf } from '../../ui/part.tsx'

const parts = partsOf(async () => ({ ProposeForm: (await import('./propose-form.tsx')).default }))

/** The form to write a proposal with, fetched when it is drawn, or before. */
export const ProposeForm = parts('ProposeForm')

/** Fetches the form for whoever is about to choose it: the text stands there until it does. */
export function fetchProposeForm(): void {
  // Drawn without it, it is asked for again and says why it does not come.
  parts.fetch().catch(() => undefined)
}
