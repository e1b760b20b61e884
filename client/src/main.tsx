import './app/styles.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { guardWriting } from './app/guard-writing.ts'
import { keepProgram } from './app/keep-program.ts'
import { createMemory, meKey } from './app/memory.ts'
import { reloadOnceWhenOutdated } from './app/outdated.ts'
import { Providers } from './app/providers.tsx'
import type { SignedInUser } from './features/session/api.ts'
import { firstLoad } from './lib/first-load.ts'
import { createQueryClient } from './lib/query-client.ts'
import { queryKeys } from './lib/query-keys.ts'
import { rememberedLanguage, startLanguage } from './locales/index.ts'
import { createAppRouter } from './router.tsx'
import { browserStorage, createKeptIndex, type LocalName } from './sync/kept-index.ts'
import { hearOfTurns } from './sync/turned-elsewhere.ts'

reloadOnceWhenOutdated()

// The page of a session that has ended sends its reader to the login page, see `app/routes/signed-in.tsx`.
const client = createQueryClient({
  onSignedOut: () => client.setQueryData(queryKeys.session, null),
  onSecondFactorMissing: () =>
    client.setQueryData(queryKeys.session, (user: object | null | undefined) =>
      user ? { ...user, secondFactorMissing: true } : user,
    ),
})
const me = () => client.getQueryData<SignedInUser | null>(queryKeys.session)
const index = createKeptIndex(browserStorage(), Date.now)
const forget = async (userId: string) => {
  const { forgetUser } = await import('./sync/offline.ts')
  // It may be their turn again: then their texts are in use.
  if (me()?.id !== userId) await forgetUser(userId, index)
}
const letGo = async (copies: readonly LocalName[]) => (await import('./sync/let-go.ts')).letGo(copies, index)
const memory = createMemory(
  client,
  browserStorage(),
  Date.now,
  // What cannot be cleared now is cleared with the next workshop, or stays: nothing else depends on it.
  (userId) => void forget(userId).catch(() => {}),
  // Or with the next answer.
  (copies) => void letGo(copies).catch(() => {}),
)
// Before anything is asked for: another page may pass the phone at any moment.
window.addEventListener(
  'storage',
  hearOfTurns(meKey, () => {
    const user = me()
    return user?.workshop ? user : undefined
  }),
)
const router = createAppRouter(client, memory)
guardWriting(router, window)
if (router.matchRoutes(router.latestLocation).some(({ staticData }) => staticData.opensText)) firstLoad.beginWithText()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
await startLanguage(rememberedLanguage())
createRoot(root).render(
  <StrictMode>
    <Providers client={client} router={router} />
  </StrictMode>,
)

// After the first page has what it needs: the network is its own until then.
const keep = () => void firstLoad.last(keepProgram)()
if (document.readyState === 'complete') keep()
else window.addEventListener('load', keep, { once: true })
