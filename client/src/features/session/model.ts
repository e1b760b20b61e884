/** One account of the demo. All share one public password. */
export interface DemoAccount {
  email: string
  /** Key of its words in the catalogue. */
  key: (typeof demoKeys)[number]
}

const demoKeys = [
  'gobierno',
  'sociedad',
  'coordinacion',
  'facilitacion',
  'revision',
  'alcaldia',
  'aval',
  'monitoreo',
  'ajena',
] as const

/** The demo's accounts, the two that write together first. They exist only where the server says it is a demo. */
export const demoAccounts: readonly DemoAccount[] = demoKeys.map((key) => ({ key, email: `${key}@demo.cabildo.test` }))

/** The public password of every demo account. */
export const demoPassword = 'cabildo-demo'

/** Minutes to wait, rounded up, told to somebody who tried too often. `undefined` when the server named no time. */
export const minutesToWait = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.max(1, Math.ceil(seconds / 60))

/**
 * How a sign-on elsewhere ended without letting anybody in: it failed, its account belongs to nobody here, or the account
 * here asks for its own second step first.
 */
export type OpenIdOutcome = 'unknown' | 'failed' | 'second'

/** Reads how a sign-on elsewhere ended from the login page's address; anything else is nothing. */
export const openIdOutcome = (value: unknown): OpenIdOutcome | undefined =>
  value === 'unknown' || value === 'failed' || value === 'second' ? value : undefined

/** The address that leads to the other sign-on, and from there to `next`. */
export const openIdAddress = (next: string): string =>
  next === '/' ? '/api/openid/start' : `/api/openid/start?next=${encodeURIComponent(next)}`
