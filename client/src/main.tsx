import './app/styles.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { reloadOnceWhenOutdated } from './app/outdated.ts'
import { Providers } from './app/providers.tsx'
import { createQueryClient } from './lib/query-client.ts'
import { queryKeys } from './lib/query-keys.ts'
import { rememberedLanguage, startLanguage } from './locales/index.ts'
import { createAppRouter } from './router.tsx'

reloadOnceWhenOutdated()

// The page of a session that has ended sends its reader to the login page, see `signedIn` in router.tsx.
const client = createQueryClient({ onSignedOut: () => client.setQueryData(queryKeys.session, null) })
const router = createAppRouter(client)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
await startLanguage(rememberedLanguage())
createRoot(root).render(
  <StrictMode>
    <Providers client={client} router={router} />
  </StrictMode>,
)
