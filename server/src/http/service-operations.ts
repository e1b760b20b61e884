import { siteOperations } from './site-operations.ts'

const text = (description: string, type: string) => ({
  description,
  content: { [type]: { schema: { type: 'string' } } },
})
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})
const planParameter = { name: 'planId', in: 'path', required: true, schema: { type: 'string' }, example: 'chepo' }
const languageParameter = {
  ...{ name: 'language', in: 'query', required: false, schema: { enum: ['es', 'en'] }, example: 'es' },
}
const matrix = (summary: string, good: object, more: object = {}) => ({
  tags: ['inputs'],
  summary,
  security: [{ session: [] }],
  parameters: [planParameter, languageParameter],
  responses: {
    200: good,
    401: problem('Not signed in.'),
    403: problem('Guests of a workshop read their own inputs alone.'),
    404: problem('No such plan.'),
    ...more,
  },
})
/** The bytes of files beside something, and of their small pictures. */
const fileOperations = (area: string, beside: string, example: string, none: string) =>
  Object.fromEntries(
    (['', '/thumbnail'] as const).map((part) => [
      `GET /api/plans/:planId/${area}/:${beside}Id/attachments/:number${part}`,
      {
        tags: [area],
        summary:
          part === ''
            ? `A file beside one of the ${area}; parts of it by \`Range\``
            : 'A small picture of it, if it is one',
        security: [{ session: [] }],
        parameters: [
          planParameter,
          { name: `${beside}Id`, in: 'path', required: true, schema: { type: 'string' }, example },
          { name: 'number', in: 'path', required: true, schema: { type: 'integer', minimum: 1 }, example: 1 },
        ],
        responses: {
          200: text('The file, to be saved or shown within a page.', '*/*'),
          206: text('The part that was asked for.', '*/*'),
          401: problem('Not signed in.'),
          404: problem(`There is no such file, ${none}.`),
          416: { description: 'The file has no such part.' },
        },
      },
    ]),
  )
const leads = (description: string) => ({
  description,
  headers: { Location: { schema: { type: 'string' } } },
})
const readiness = {
  type: 'object',
  properties: { status: { type: 'string' }, notReady: { type: 'array', items: { type: 'string' } } },
  required: ['status', 'notReady'],
}

const room = `A WebSocket with y-websocket's protocol: \`new WebsocketProvider('wss://host/rooms', documentId, doc, {params: {schema}})\`.
Authorised by the session cookie and an \`Origin\` equal to this server's own.

One message per frame: 0 sync, 1 awareness, 2 auth, 3 query awareness, as in y-protocols; with \`saved1\`, 100 and a
varuint: how many of this connection's sync step 2 and update frames are committed. Nothing reaches anybody before it is
committed. What a reader sends changes nothing.

Close codes. Final: 4400 malformed, 4401 sign in, 4403 forbidden or foreign client id, 4404 no such document, 4408 too
slow, 4409 schema or epoch mismatch or out of sync, 4413 too large, 4422 content not allowed, 4423 frozen. Come back with
jitter: 4503 storage unavailable, 4529 too many, 1012 restarting, 1013 cannot load. A frame over 1 MiB: 1009.`

/**
 * The operations that have no contract, as OpenAPI describes them: they are for machines and for the room's own
 * protocol, and no typed client calls them. Keys are method and path, as the app mounts them.
 */
export const serviceOperations: Record<string, Record<string, unknown>> = {
  'GET /healthz': {
    summary: 'Whether the process is alive',
    responses: {
      200: {
        description: 'It is.',
        content: {
          'application/json': {
            schema: { type: 'object', properties: { status: { const: 'alive' } }, required: ['status'] },
            example: { status: 'alive' },
          },
        },
      },
    },
  },
  'GET /readyz': {
    summary: 'Whether the server can do its work',
    responses: {
      200: {
        description: 'The database is reachable and migrated.',
        content: { 'application/json': { schema: readiness, example: { status: 'ready', notReady: [] } } },
      },
      503: {
        description: 'Not now; `notReady` names what is missing.',
        content: {
          'application/json': {
            schema: readiness,
            example: { status: 'not_ready', notReady: ['database: cannot be reached'] },
          },
        },
      },
    },
  },
  'GET /metrics': {
    summary: 'Figures for Prometheus; from this machine, or with `Authorization: Bearer <token>`',
    responses: { 200: text('Prometheus text format.', 'text/plain'), 403: problem('Neither local nor the token.') },
  },
  'GET /api/openapi.json': {
    summary: 'This description',
    responses: {
      200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
    },
  },
  'GET /api/docs': {
    summary: 'This description, readable',
    responses: { 200: text('A page.', 'text/html') },
  },
  'GET /api/docs/:part': {
    summary: 'Scripts and styles of that page',
    parameters: [{ name: 'part', in: 'path', required: true, schema: { type: 'string' }, example: 'reader.css' }],
    responses: { 200: text('The file.', 'text/*'), 404: problem('No such part.') },
  },
  'GET /api/openid/start': {
    tags: ['session'],
    summary: 'Go to the other sign-on (`GET /api/service` tells whether there is one)',
    parameters: [
      {
        name: 'next',
        in: 'query',
        description: 'Where to go afterwards: a path of this site; anything else counts as `/`.',
        schema: { type: 'string' },
        example: '/plans/chepo',
      },
    ],
    responses: {
      303: leads(
        'To the provider, with a cookie for the way back; to `/login?openid=failed` when it cannot be reached.',
      ),
      404: problem('There is no other sign-on.'),
    },
  },
  'GET /api/openid/callback': {
    tags: ['session'],
    summary: 'Come back from the other sign-on',
    parameters: [
      { name: 'code', in: 'query', schema: { type: 'string' }, example: 'Zx81' },
      { name: 'state', in: 'query', schema: { type: 'string' }, example: 'b0fW' },
    ],
    responses: {
      303: leads(
        'Signed in, to `next`. To `/login?openid=unknown` when no account is linked, to `/login?openid=failed` when anything was not right. After linking, to the profile with `openid=linked` or `openid=taken`.',
      ),
      404: problem('There is no other sign-on.'),
    },
  },
  'GET /api/plans/:planId/record/checkpoint': {
    tags: ['record'],
    summary: 'The signed head of the tree that the plan’s record is in',
    security: [{ session: [] }],
    parameters: [{ name: 'planId', in: 'path', required: true, schema: { type: 'string' }, example: 'chepo' }],
    responses: {
      200: text('A C2SP signed note: origin, size, root, signatures.', 'text/plain'),
      401: problem('Not signed in.'),
      404: problem('No such plan.'),
      503: problem('Nothing is signed yet, or the record is not as it was published.'),
    },
  },
  'GET /api/plans/:planId/record/bundle': {
    tags: ['record'],
    summary: 'The record of a plan as one file that can be verified offline (`npm run verify -- <file>`)',
    security: [{ session: [] }],
    parameters: [{ name: 'planId', in: 'path', required: true, schema: { type: 'string' }, example: 'chepo' }],
    responses: {
      200: text('A ZIP; docs/spec/record.md says what is in it.', 'application/zip'),
      401: problem('Not signed in.'),
      404: problem('No such plan.'),
      429: problem('Asked for too often.'),
      503: problem('Nothing is signed yet, words are being taken out, or too many are being made or sent.'),
    },
  },
  'GET /api/plans/:planId/inputs/matrix.csv': matrix(
    'Every input with its answer as a table (RFC 4180, UTF-8 with a mark of its order of bytes); no cell is a formula',
    text('A table with one row for each input.', 'text/csv'),
  ),
  'GET /api/plans/:planId/inputs/matrix.pdf': matrix(
    'Every input with its answer as a document on A4 (tagged, PDF/UA-1 where the fonts have every sign)',
    text('The document.', 'application/pdf'),
    { 413: problem('It could not be typeset in time: take the table.'), 503: problem('Too many wait.') },
  ),
  'GET /api/plans/:planId/exports/:file': {
    tags: ['plans'],
    summary: 'A plan as a file (`GET /api/plans/{planId}/exports` names them), or `evidence.zip`, the evidence pack',
    security: [{ session: [] }],
    parameters: [
      planParameter,
      { name: 'file', in: 'path', required: true, schema: { type: 'string' }, example: 'plan.pdf' },
      languageParameter,
      {
        name: 'text',
        in: 'query',
        description: '`public`: the texts that are public; `working`, which is usual: as they stand.',
        schema: { enum: ['working', 'public'] },
        example: 'working',
      },
      {
        name: 'key',
        in: 'query',
        description:
          'For the evidence pack: by which its progress is asked for. 16 to 40 letters, digits, `-` and `_`.',
        schema: { type: 'string' },
        example: 'k2Zx7vCqRt5y1n0wB8m4aA',
      },
    ],
    responses: {
      200: text('The file; the evidence pack comes as it is made.', '*/*'),
      401: problem('Not signed in.'),
      403: problem('Not for guests of a workshop; the evidence pack is for those who run or monitor the process.'),
      404: problem('No such plan or file, or nothing of it is public.'),
      413: problem('It could not be made in time.'),
      429: problem('Too many files were asked for.'),
      503: problem('Too many wait, or nothing of the record is signed yet.'),
    },
  },
  'GET /api/schemas/plan-1.json': {
    tags: ['plans'],
    summary: 'What stands in `plan.json`, as JSON Schema (2020-12)',
    responses: { 200: text('The schema.', 'application/schema+json') },
  },
  ...fileOperations('inputs', 'input', 'tGB1mM0vQYeVvLxwUWuzWA', 'or it is beside an input that is not yours to read'),
  'GET /api/plans/:planId/letters/:number': {
    tags: ['endorsements'],
    summary: 'The file of a letter of support',
    security: [{ session: [] }],
    parameters: [
      planParameter,
      { name: 'number', in: 'path', required: true, schema: { type: 'integer', minimum: 1 }, example: 1 },
    ],
    responses: {
      200: text('The file, to be saved.', '*/*'),
      401: problem('Not signed in.'),
      404: problem('There is no such letter.'),
    },
  },
  'GET /api/plans/:planId/meetings/attendance.csv': {
    tags: ['meetings'],
    summary: 'Who came to each meeting, by group, gender and age, as a table (RFC 4180); no cell is a formula',
    security: [{ session: [] }],
    parameters: [planParameter, languageParameter],
    responses: {
      200: text('A table with a row for each count.', 'text/csv'),
      401: problem('Not signed in.'),
      404: problem('No such plan.'),
    },
  },
  ...fileOperations(
    'meetings',
    'meeting',
    'm33t1ngT0nQYeVvLxwUWuz',
    'or it is a signed list that is not yours to read',
  ),
  'GET /tlog/checkpoint': {
    tags: ['record'],
    summary: 'The same for everybody, where tools for tile-based logs look for it',
    responses: {
      200: text(
        'A C2SP signed note (c2sp.org/tlog-checkpoint), with the lines of witnesses who signed this head.',
        'text/plain',
      ),
      503: problem('Nothing is signed yet, or the record is not as it was published.'),
    },
  },
  'GET /tlog/tile/:level/:tile': {
    tags: ['record'],
    summary: 'A tile of the tree: up to 256 hashes (c2sp.org/tlog-tiles). Bundles of entries are not served',
    parameters: [
      { name: 'level', in: 'path', required: true, schema: { type: 'string' }, example: '0' },
      { name: 'tile', in: 'path', required: true, schema: { type: 'string' }, example: 'x001/067.p/9' },
    ],
    responses: {
      200: text('The hashes, put one behind another.', 'application/octet-stream'),
      404: problem('The published tree does not reach that far.'),
    },
  },
  ...siteOperations,
  'GET /rooms/:documentId': {
    summary: 'Enter the room of a document',
    description: room,
    security: [{ session: [] }],
    parameters: [
      { name: 'documentId', in: 'path', required: true, schema: { type: 'string' }, example: 'tGB1mM0vQYeVvLxwUWuzWA' },
      {
        name: 'schema',
        in: 'query',
        required: true,
        description: 'The schema hash of `GET /api/documents/{documentId}`; missing or other: closed with 4409.',
        schema: { type: 'string' },
        example: 'sha256:6b1f0d1c1e6a3c0d0a5a7a2b7f7a3bb0d5a5b8d2b76f1c9a1d4f5b8c2e3d4f5a',
      },
      {
        name: 'caps',
        in: 'query',
        description: 'What the client understands beyond y-protocols, separated by commas: `saved1`, `epoch1`.',
        schema: { type: 'string' },
        example: 'saved1',
      },
      {
        name: 'user',
        in: 'query',
        description: 'Whose page this is; when the session is another person’s by now: closed with 4401.',
        schema: { type: 'string' },
        example: '5m1jv9d2TDKc0bqk2V4m7Q',
      },
      {
        name: 'epoch',
        in: 'query',
        description: 'The epoch of the state the client holds; one that is over: closed with 4409.',
        schema: { type: 'integer' },
        example: 1,
      },
      {
        name: 'mode',
        in: 'query',
        description: '`edit` from a client that means to write: closed with 4403 when its person may not (any more).',
        schema: { enum: ['edit'] },
        example: 'edit',
      },
    ],
    responses: {
      101: { description: 'The connection is a WebSocket now. Refusals after this point are close codes.' },
      400: problem('Not a WebSocket request.'),
      403: problem('`Origin` is missing or foreign.'),
    },
  },
}
