/** `npm run recover`: a way back into an account when no coordinator can make one. */
import { Email, PersonName } from '@cabildo/protocol/http/account'
import { z } from 'zod'
import { StartError } from '../../../start-error.ts'
import { readOptions } from './command-line.ts'
import { runAsOperator, tellLink } from './operator.ts'
import { recoverAccount, type Whom } from './service.ts'

const options = z.object({
  email: Email.optional(),
  slug: z.string().min(1).max(60).optional(),
  name: PersonName.optional(),
  factors: z.literal('remove').optional(),
})
const usage = {
  example: 'npm run recover -- --email ana@example.org, or -- --slug chepo --name "Ana Batista"',
  forms: {
    email: 'the e-mail address of the account',
    slug: 'the slug of a plan they take part in',
    name: 'their name, for an account without an address',
    factors: 'remove, to take authenticator and passkeys away',
  },
}

function readWhom(): { whom: Whom; removesFactors: boolean } {
  const { email, slug, name, factors } = readOptions(options, usage)
  const removesFactors = factors === 'remove'
  if (email !== undefined) return { whom: { email }, removesFactors }
  if (slug !== undefined && name !== undefined) return { whom: { slug, name }, removesFactors }
  throw new StartError(`Say whose account it is; for example: ${usage.example}.`)
}

await runAsOperator(readWhom, async ({ whom, removesFactors }, db, { baseUrl }) =>
  tellLink(await recoverAccount(db, baseUrl, whom, { removesFactors })),
)
