import { AppError, type RefusalCode, refusals } from '@cabildo/protocol/errors'
import { Profile, SessionItem } from '@cabildo/protocol/http/account'
import {
  api,
  CommitmentItem,
  Diff,
  DiffBlock,
  Document,
  DocumentOpening,
  Draft,
  DraftItem,
  HistoryRun,
  Plan,
  PlanItem,
  Version,
  VersionItem,
} from '@cabildo/protocol/http/api'
import { Attachment } from '@cabildo/protocol/http/attachments'
import {
  AuthoredMoment,
  AuthoredRun,
  Authorship,
  DeletedText,
  GroupShare,
  PartOfGroup,
  PlanAuthorship,
  RestShare,
  TimelineMark,
} from '@cabildo/protocol/http/authorship'
import { Content, Group, Person } from '@cabildo/protocol/http/common'
import type { Contract } from '@cabildo/protocol/http/contract'
import { Dissent } from '@cabildo/protocol/http/dissents'
import { examples } from '@cabildo/protocol/http/examples'
import { Input, InputCoverage } from '@cabildo/protocol/http/inputs'
import { Meeting, MeetingFile, MeetingItem } from '@cabildo/protocol/http/meetings'
import { GroupDetail, InvitationItem, MemberItem, MembershipEvent, OneTimeLink } from '@cabildo/protocol/http/people'
import { RecordHead, RecordItem, RecordPerson, RecordProof } from '@cabildo/protocol/http/record'
import { Comment, TextPlace, Thread } from '@cabildo/protocol/http/threads'
import { RecordStatus } from '@cabildo/protocol/http/witnesses'
import { Attendance, Device, ParticipantItem, Workshop, WorkshopItem } from '@cabildo/protocol/http/workshops'
import { z } from 'zod'
import type { OperationKey } from './operation.ts'
import { problemOf, problemTitles } from './problems.ts'
import { rateOf } from './rates.ts'
import { serviceOperations } from './service-operations.ts'

/*
 * OpenAPI 3.1 made from the contracts by zod's own JSON Schema writer: 3.1 speaks the dialect it writes (2020-12), so
 * nothing stands between what is checked and what is described.
 */

type Json = Record<string, unknown>

/** An OpenAPI 3.1 document. */
export interface ApiDescription {
  openapi: '3.1.1'
  info: Json
  servers: Json[]
  tags: Json[]
  paths: Record<string, Record<string, Json>>
  components: { schemas: Record<string, Json>; securitySchemes: Json }
}

const Problem = z.object({
  type: z.string().meta({ description: 'Leads to the table of problems.' }),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]).meta({ description: 'Stable for ever.' }),
  detail: z.string().optional(),
  errors: z
    .array(z.object({ pointer: z.string(), detail: z.string() }))
    .optional()
    .meta({ description: 'Per field: a JSON pointer (RFC 6901) into what was sent.' }),
})

/** The schemas that have a name of their own in the description. */
const named = {
  Attachment,
  Attendance,
  AuthoredMoment,
  AuthoredRun,
  Authorship,
  Comment,
  CommitmentItem,
  Content,
  DeletedText,
  Device,
  Diff,
  DiffBlock,
  Document,
  DocumentOpening,
  Draft,
  DraftItem,
  Group,
  GroupDetail,
  GroupShare,
  HistoryRun,
  Dissent,
  Input,
  InputCoverage,
  InvitationItem,
  Meeting,
  MeetingFile,
  MeetingItem,
  MemberItem,
  MembershipEvent,
  OneTimeLink,
  ParticipantItem,
  PartOfGroup,
  Person,
  Plan,
  PlanAuthorship,
  PlanItem,
  Problem,
  Profile,
  RecordHead,
  RecordItem,
  RecordPerson,
  RecordProof,
  RestShare,
  RecordStatus,
  SessionItem,
  TextPlace,
  Thread,
  Version,
  VersionItem,
  Workshop,
  WorkshopItem,
  TimelineMark,
}

const tags: Record<Contract['tag'] | 'public', string> = {
  session: 'Signing in and out, and where one is signed in.',
  profile: 'Your own account: how you sign in, what is kept about you, how you are shown.',
  people: 'Who takes part in a plan: groups, members, roles, invitations.',
  workshops: 'Workshops, their guests, and the phones that people share there.',
  plans: 'Action plans and their commitments.',
  documents: 'Texts as they stand and as they stood.',
  versions: 'Kept versions, comparing them, bringing one back.',
  record: 'What happened, in signed entries that nobody can change unnoticed.',
  meetings: 'Meetings of a plan: agenda, material, who came as counts, minutes, photos and signed lists.',
  inputs: 'What people bring to a plan, and the answer that each gets.',
  news: 'What others did since one was here last, and what happened because of oneself.',
  approvals:
    'How a commitment and the plan move through their lives, and how an exact text of it is approved by both sides.',
  review:
    'What people say beside a text, and propose to change in it: threads on words, fields and whole commitments; proposals; positions that groups reserve.',
  drafts: 'Edits that a document could not take, kept for their author.',
  public: 'Pages that anybody reads without a session, made on the server.',
  service: 'The program itself, and the rooms where people write together.',
}

const introduction = `The HTTP side of Cabildo. People write together in rooms (\`GET /rooms/{documentId}\`, a WebSocket);
everything else is here.

- Sign in with \`POST /api/session\`; the cookie it sets authorises everything after.
- A request that changes something needs \`Content-Type: application/json\` (\`multipart/form-data\` where a file is sent) and an \`Origin\` equal to this server's own.
- Refusals are \`application/problem+json\` (RFC 9457) with a stable \`code\`. What is not yours looks like what does not exist.
- Ids are opaque. Times are RFC 3339 in UTC with milliseconds. Lists page by \`cursor\` and \`limit\`.`

/** Describes every operation of the program, with examples. Pure: the same configuration gives the same document. */
export function describeApi(config: { baseUrl: string; cookieName: string }): ApiDescription {
  const paths: ApiDescription['paths'] = {}
  const add = (key: string, description: Json) => {
    const [method = '', path = ''] = key.split(' ')
    const place = path.replace(/:(\w+)/g, '{$1}')
    paths[place] = {
      ...paths[place],
      [method.toLowerCase()]: { operationId: operationIdOf(method, path), ...description },
    }
  }
  for (const key of Object.keys(api) as OperationKey[]) add(key, describeOperation(key))
  for (const [key, description] of Object.entries(serviceOperations)) add(key, { tags: ['service'], ...description })

  return {
    openapi: '3.1.1',
    info: {
      title: 'Cabildo',
      version: '0.1.0',
      description: introduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: config.baseUrl }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: config.cookieName } },
    },
  }
}

function describeOperation(key: OperationKey): Json {
  const contract: Contract = api[key]
  const [method = ''] = key.split(' ')
  const example = examples[key]
  const isPrivate = contract.refusals.includes('signed_out')
  return {
    summary: contract.summary,
    tags: [contract.tag],
    ...(isPrivate ? { security: [{ session: [] }] } : {}),
    parameters: [
      ...parametersOf(contract.params, 'path', example.params),
      ...parametersOf(contract.query, 'query', example.query),
    ],
    ...(contract.body
      ? {
          requestBody: {
            required: !contract.body.safeParse(undefined).success,
            content: { 'application/json': { schema: inputSchema(contract.body), example: example.body } },
          },
        }
      : {}),
    ...(contract.upload ? { requestBody: fileBody(contract.upload.bytes) } : {}),
    responses: {
      [contract.status]: contract.response
        ? {
            description: 'Done.',
            content: { 'application/json': { schema: outputSchema(contract.response), example: example.response } },
          }
        : { description: 'Done; there is nothing to say.' },
      ...problemResponses(refusalsOf(key, contract, method)),
    },
  }
}

function fileBody(bytes: number): Json {
  const file = { type: 'string', contentMediaType: 'application/octet-stream', description: `At most ${bytes} bytes.` }
  const schema = { type: 'object', properties: { file }, required: ['file'] }
  return { required: true, content: { 'multipart/form-data': { schema } } }
}

/** What a caller may meet: the contract's own refusals and those that come from how it was sent. */
function refusalsOf(key: OperationKey, contract: Contract, method: string): RefusalCode[] {
  const codes = new Set<RefusalCode>(contract.refusals)
  if (contract.query) codes.add('invalid')
  if (rateOf(key)) codes.add('throttled')
  if (method !== 'GET') for (const code of ['foreign_origin', 'not_json'] as const) codes.add(code)
  if (contract.body || contract.upload)
    for (const code of ['bad_request', 'invalid', 'too_large'] as const) codes.add(code)
  for (const code of ['internal', 'unavailable'] as const) codes.add(code)
  return [...codes]
}

function problemResponses(codes: readonly RefusalCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => refusals[code])
  const statuses = [...byStatus].sort(([one], [other]) => one - other)
  return Object.fromEntries(
    statuses.map(([status, members]) => [
      status,
      {
        description: members.map((code) => `\`${code}\`: ${problemTitles[code]}`).join(' '),
        ...(members.includes('throttled') ? { headers: { 'Retry-After': retryAfter } } : {}),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            // One: the reader shows several behind a choice without a name.
            example: problemOf(new AppError(members[0] ?? 'internal')),
          },
        },
      },
    ]),
  )
}

const retryAfter = { description: 'Seconds after which to try again.', schema: { type: 'integer', minimum: 1 } }

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query', example: unknown): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { ...writing, io: 'input' })
  const values = (example ?? {}) as Json
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
    ...(values[name] === undefined ? {} : { example: values[name] }),
  }))
}

const names = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries(named)) names.add(schema, { id })

/** How zod writes: answers stay open to new properties, and patterns that only repeat a format are left out. */
const writing: NonNullable<Parameters<typeof z.toJSONSchema>[1]> = {
  override({ zodSchema, jsonSchema }) {
    const { type } = zodSchema._zod.def
    if (type === 'object' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    if (jsonSchema.format) delete jsonSchema.pattern
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  },
}

function inputSchema(schema: z.ZodType): Json {
  const { $schema: _, ...written } = z.toJSONSchema(schema, { ...writing, io: 'input' })
  return written
}

function outputSchema(schema: z.ZodType): Json {
  const { $schema: _, $defs: __, ...written } = z.toJSONSchema(schema, { ...writing, io: 'output', metadata: names })
  return withSharedNames(written)
}

function namedSchemas(): Record<string, Json> {
  const schemas = Object.entries(named).map(([name, schema]) => {
    const { $defs = {} } = z.toJSONSchema(schema, { ...writing, io: 'output', metadata: names })
    return [name, withSharedNames($defs[name] ?? {})] as const
  })
  return Object.fromEntries(schemas)
}

/** Zod keeps named schemas beside each schema; here they stand once for all. */
function withSharedNames(schema: object): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))
}

/** `GET /api/plans/:planId/commitments` becomes `getPlansByPlanIdCommitments`. */
function operationIdOf(method: string, path: string): string {
  const words = path
    .replace(/^\/api\//, '/')
    .split(/[/.]/)
    .filter(Boolean)
    .map((step) => (step.startsWith(':') ? `By${capital(step.slice(1))}` : capital(step)))
  return method.toLowerCase() + words.join('')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
