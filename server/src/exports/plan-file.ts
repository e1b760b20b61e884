/** A plan as JSON, and the schema that says what stands in it. */
import { setImmediate } from 'node:timers/promises'
import { CommitmentState, Content, ContentHash, GroupKind, Sector, Time } from '@cabildo/protocol/http/common'
import { InputChannel, InputOutcome } from '@cabildo/protocol/http/inputs'
import { MilestoneStatus } from '@cabildo/protocol/http/progress'
import { z } from 'zod'
import type { PlanWithInputs } from './plan-text.ts'

/** The version of the file's form. Whatever leaves out or renames anything is another one; more may come with the same. */
const planFileVersion = 1

/** Where the schema of the file is served, below the program's own address. */
export const planSchemaPath = '/api/schemas/plan-1.json'

const Words = z.object({ es: z.string(), en: z.string() })
const Day = z.iso.date()
const Group = z.object({ name: z.string(), sector: Sector })
const Person = z
  .object({ name: z.string(), group: Group.nullable() })
  .meta({ description: 'As they let themselves be shown: an empty name by group alone, neither for who is not shown.' })
const Fact = z.object({ key: z.string(), label: Words, value: z.union([z.string(), z.array(z.string())]), text: Words })
const Version = z.object({
  documentId: z.string(),
  number: z.int().nullable(),
  name: z.string().nullable(),
  seq: z.int().meta({ description: 'The row of the document’s log after which it reads so.' }),
  contentHash: ContentHash,
})
const Field = z.object({
  key: z.string(),
  number: z.int(),
  label: Words,
  question: Words,
  content: z.looseObject({ type: z.string() }).meta({ description: 'A ProseMirror doc.' }),
  text: Words.meta({ description: 'Plain text; words around milestones are in the language of the key.' }),
  hash: ContentHash,
  empty: z.boolean(),
})
const Approval = z.object({
  number: z.int(),
  contentHash: ContentHash,
  state: z.enum(['approved', 'voided']),
  requestedAt: Time,
  approvedAt: Time,
  entry: z.int(),
  decisions: z.array(
    z.object({
      person: Person,
      party: z.enum(['government', 'civil_society']),
      reason: z.string(),
      contentHash: ContentHash,
      at: Time,
      entry: z.int(),
      signed: z.boolean(),
    }),
  ),
})
const Endorsement = z.object({
  name: z.string(),
  role: z.string(),
  organisation: z.string(),
  sector: Sector.nullable(),
  texts: z
    .array(z.object({ number: z.int(), contentHash: ContentHash }))
    .meta({ description: 'Exact texts of commitments, by number.' }),
  at: Time,
  entry: z.int(),
})
const Counts = z.object({
  total: z.int(),
  answered: z.int(),
  outcomes: z.array(z.object({ outcome: InputOutcome, count: z.int() })),
})
const Milestone = z.object({
  number: z.int(),
  title: z.string(),
  outputs: z.string(),
  start: Day.nullable(),
  due: Day.nullable(),
  lead: z.string(),
  supportGovernment: z.string(),
  supportCivilSociety: z.string(),
  supportOther: z.string(),
  progress: z.array(
    z.object({
      ...{ status: MilestoneStatus, note: z.string(), link: z.string().nullable(), day: Day, at: Time },
      entry: z.int(),
    }),
  ),
})
const Dissent = z.object({
  number: z.int(),
  group: Group,
  field: z.string(),
  quote: z.string().nullable(),
  position: z.string().meta({ description: 'Empty for one on a draft, whose words are not public.' }),
  statedAt: Time,
  withdrawnAt: Time.nullable(),
  entry: z.int(),
})
const Commitment = z.object({
  number: z.int(),
  title: z.string(),
  state: CommitmentState,
  standing: z
    .enum(['draft', 'consulted', 'approved', 'amending', 'working'])
    .meta({ description: '`working`: as it stands for who takes part in the plan; it is not public.' }),
  version: Version,
  content: Content.meta({ description: 'The SHA-256 of its canonical JSON (RFC 8785) is `version.contentHash`.' }),
  facts: z.array(Fact),
  fields: z.array(Field),
  milestones: z.array(Milestone),
  approvals: z.array(Approval),
  dissents: z.array(Dissent),
  inputs: Counts,
})
const Input = z.object({
  number: z.int(),
  channel: InputChannel,
  place: z.string().nullable(),
  saidOn: Day,
  language: z.string(),
  words: z.string(),
  takenBack: z.boolean(),
  from: Person,
  side: Sector.nullable(),
  links: z.array(z.object({ number: z.int(), title: z.string(), field: z.string().nullable() })),
  answers: z.array(
    z.object({
      outcome: InputOutcome,
      reason: z.string(),
      mergedInto: z.int().nullable(),
      by: Person,
      at: Time,
      entry: z.int(),
    }),
  ),
  entry: z.int(),
})

const PlanFile = z
  .object({
    $schema: z.string(),
    version: z.literal(planFileVersion),
    madeAt: Time,
    language: z.enum(['es', 'en']),
    plan: z.object({ slug: z.string(), title: z.string(), place: z.string(), state: z.string() }),
    facts: z.array(Fact),
    sections: z.array(Field.extend({ version: Version })),
    commitments: z.array(Commitment),
    endorsements: z.array(Endorsement),
    files: z
      .array(
        z.object({
          name: z.string(),
          mediaType: z.string(),
          size: z.int(),
          sha256: z.string(),
          entry: z.int().nullable(),
        }),
      )
      .meta({ description: 'Letters and other files, without their bytes.' }),
    groups: z.array(z.object({ name: z.string(), sector: Sector, kind: GroupKind, territory: z.string().nullable() })),
    meetings: z.array(
      z.object({
        kind: z.enum(['meeting', 'workshop']),
        title: z.string(),
        heldOn: Day,
        place: z.string(),
        attended: z.int().nullable(),
        groups: z.array(Group),
        facts: z.array(Fact),
      }),
    ),
    inputs: Counts.extend({ items: z.array(Input) }),
    shares: z.object({
      groups: z.array(Group.extend({ written: z.int(), share: z.number(), people: z.int().nullable() })),
      rest: z.object({ written: z.int(), share: z.number() }),
    }),
    record: z.object({
      key: z.string(),
      checkpoint: z.object({ size: z.int(), note: z.string() }).nullable(),
      seq: z.int(),
      hash: z.string().nullable(),
      at: Time.nullable(),
    }),
  })
  .meta({ title: 'Cabildo plan', description: 'A plan of open government with its commitments, inputs and answers.' })

/**
 * A plan as JSON, with what its schema names and nothing else; made in slices, a commitment or an input at a time, since rooms share
 * the thread. Throws when it breaks the schema, which is a defect.
 */
export async function planFile(
  { plan, inputs }: PlanWithInputs,
  { at, origin }: { at: Date; origin: string },
): Promise<string> {
  const { slug, title, place, state } = plan
  const file = {
    ...plan,
    $schema: new URL(planSchemaPath, origin).href,
    version: planFileVersion,
    madeAt: at.toISOString(),
    plan: { slug, title, place, state },
    inputs: { ...plan.inputs, items: [] },
    commitments: [],
  }
  const read = PlanFile.parse(file)
  for (const commitment of plan.commitments) {
    await setImmediate()
    const milestones = commitment.milestones.map((one) => ({ ...one, start: dayOf(one.start), due: dayOf(one.due) }))
    read.commitments.push(Commitment.parse({ ...commitment, milestones }))
  }
  for (const input of inputs) {
    if (read.inputs.items.length % inputsAtOnce === 0) await setImmediate()
    read.inputs.items.push(Input.parse(input))
  }
  return `${await slicedJson(read)}\n`
}

/** How many inputs are read in one slice. */
const inputsAtOnce = 50
/** So many letters are written in one slice, and what its last value takes. */
const lettersAtOnce = 1 << 15

/** A day as the file holds one: what a milestone of long ago says that is none is left out, and stands in its content. */
const dayOf = (said: string | null): string | null => Day.safeParse(said).data ?? null

/** Signs that draw nothing or turn what is read around: as JSON they are written by their numbers. */
const unseen = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** A value as JSON that reads as it stands in any editor. Whoever parses it gets the same value. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value, null, 1).replaceAll(
    unseen,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const schemas = new Map<string, Uint8Array<ArrayBuffer>>()

/** The schema as the file that is served. It is made once for each address of the program, of which there is one. */
export function planSchemaFile(origin: string): Uint8Array<ArrayBuffer> {
  const known = schemas.get(origin)
  if (known) return known
  const made = new TextEncoder().encode(`${plainJson(planFileSchema(origin))}\n`)
  schemas.set(origin, made)
  return made
}

/** The same in slices, of whatever is JSON: values below the third level are each written in one piece. */
export async function slicedJson(value: unknown): Promise<string> {
  let letters = 0
  const write = async (one: unknown, levels: number, margin: string): Promise<string> => {
    if (levels === 0 || typeof one !== 'object' || one === null) {
      const text = plainJson(one).replaceAll('\n', `\n${margin}`)
      letters += text.length
      if (letters > lettersAtOnce) {
        letters = 0
        await setImmediate()
      }
      return text
    }
    const inner = `${margin} `
    const parts: string[] = []
    const isList = Array.isArray(one)
    for (const [key, item] of Object.entries(one)) {
      if (isList) parts.push(await write(item ?? null, levels - 1, inner))
      else if (item !== undefined) parts.push(`${plainJson(key)}: ${await write(item, levels - 1, inner)}`)
    }
    const [open, close] = isList ? '[]' : '{}'
    return parts.length === 0 ? `${open}${close}` : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`
  }
  return write(value, 3, '')
}

/** The JSON Schema (2020-12) of the file. It stays open to what comes with later versions of the program. */
export function planFileSchema(origin: string): object {
  const { $schema, ...schema } = z.toJSONSchema(PlanFile, {
    io: 'output',
    override({ jsonSchema }) {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  return { $schema, $id: new URL(planSchemaPath, origin).href, ...schema }
}
