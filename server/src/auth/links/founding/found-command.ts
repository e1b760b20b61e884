/** `npm run found`: makes a plan with its first coordinator, since a database begins with neither. */
import { Email, PersonName } from '@cabildo/protocol/http/account'
import { z } from 'zod'
import { insertDocument } from '../../../rooms/adapters/new-document.ts'
import { readOptions } from './command-line.ts'
import { runAsOperator, tellLink } from './operator.ts'
import { foundPlan } from './service.ts'

const line = z.string().trim().min(1).max(200)
const options = z.object({
  slug: z.string().regex(/^[a-z0-9-]{1,60}$/),
  title: line,
  place: line,
  name: PersonName,
  email: Email.optional(),
})
const usage = {
  example:
    'npm run found -- --slug chepo --title "Plan de acción" --place "Chepo, Panamá" --name "Ana Batista" --email ana@example.org',
  forms: {
    slug: '1 to 60 small letters, digits and dashes, which stand in the address of the plan',
    title: 'the title of the plan, at most 200 characters',
    place: 'the place of the plan, at most 200 characters',
    name: 'the name of its first coordinator, at most 80 characters',
    email: 'an e-mail address, or left out',
  },
}

await runAsOperator(
  () => readOptions(options, usage),
  async ({ email = null, ...wanted }, db, { baseUrl }) => {
    const { link } = await foundPlan({ db, baseUrl, insertDocument }, { ...wanted, email })
    const founded = `The plan ${wanted.slug} is founded.`
    if (link) return `${founded} ${tellLink(link)}`
    return `${founded} Its coordinator has an account already and signs in as before: ${baseUrl}`
  },
)
