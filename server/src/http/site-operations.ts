/** The public pages as OpenAPI describes them: for people and their browsers, in two languages. */
const parameters = (path: string) =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    example: examples[name] ?? '1',
  }))

const examples: Record<string, string> = {
  ...{ slug: 'chepo', number: '1', field: 'problem', sheet: 'kq3v0Ie2b1yW.css' },
  file: 'plan.pdf',
}

const answer = (type: string) => ({
  200: { description: 'It.', content: { [type]: { schema: { type: 'string' } } } },
  304: { description: 'The asker has it, by its `ETag`.' },
})
const missing = {
  404: { description: 'There is nothing public.', content: { 'text/html': { schema: { type: 'string' } } } },
}

const string = { type: 'string' }
const form = (description: string) => ({ description, content: { 'text/html': { schema: string } } })

const page = (path: string, summary: string, type = 'text/html') => ({
  tags: ['public'],
  summary,
  parameters: parameters(path),
  responses: { ...answer(type), ...missing },
})

const short = (key: string, summary: string): [string, Record<string, unknown>] => [
  key,
  {
    tags: ['public'],
    summary,
    parameters: parameters(key),
    responses: {
      302: { description: 'To the part.', headers: { Location: { schema: { type: 'string' } } } },
      ...missing,
    },
  },
]

const pages = (prefix: string, language: string): [string, Record<string, unknown>][] => {
  const at = (path: string, summary: string, type?: string): [string, Record<string, unknown>] => [
    `GET ${prefix}${path}`,
    page(path, `${summary} (${language})`, type),
  ]
  return [
    at('/p', 'The public plans'),
    at('/p/:slug', 'A public plan: at a glance, its commitments and who endorsed it'),
    at('/p/:slug/history', 'How its texts came to be'),
    at('/p/:slug/inputs', 'What people brought, and what they were answered; `after` a number'),
    at('/p/:slug/minutes', 'The minutes of its meetings'),
    at('/p/:slug/minutes/:number', 'The minutes of one meeting, in the version that was named last'),
    at('/p/:slug/record', 'How to verify what is published'),
    at('/p/:slug/card.png', 'The picture that links to a plan show', 'image/png'),
    at('/p/:slug/commitments/:number/card.png', 'The picture that links to a commitment show', 'image/png'),
    at('/p/:slug/feed.xml', 'Its news as RSS', 'application/rss+xml'),
    at('/p/:slug/files/:file', 'A public plan as a file: PDF, DOCX, HTML, Markdown, JSON, tables, the OGP form', '*/*'),
    at('/p/:slug/commitments/:number', 'A commitment: its public text and what was decided of it'),
    at('/p/:slug/commitments/:number/embed', 'The same for a frame of another page'),
    [
      `POST ${prefix}/p/:slug/commitments/:number/comments`,
      {
        tags: ['public'],
        summary: `Comment a text in consultation, by a plain form (${language})`,
        parameters: parameters('/:slug/:number'),
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                properties: { words: string, field: string, name: string, consent: { const: 'yes' } },
                required: ['words', 'consent'],
              },
            },
          },
        },
        responses: {
          201: form('Taken: the page shows the code of its receipt.'),
          400: form('Something is missing: the page says what.'),
          409: form('The consultation is over.'),
          429: form('Too many from there.'),
          ...missing,
        },
      },
    ],
    short(`GET ${prefix}/p/:slug/c/:number/:field`, `The short address of one part of a commitment (${language})`),
    short(`GET ${prefix}/p/:slug/s/:field`, `The short address of one part of the plan's own text (${language})`),
  ]
}

/** The addresses of the public pages. */
export const siteOperations: Record<string, Record<string, unknown>> = Object.fromEntries([
  ...pages('', 'Spanish'),
  ...pages('/en', 'English'),
  [
    'GET /p/:slug/commitments/:number/text.json',
    page(
      '/:slug/:number',
      'The exact public text: canonical JSON, whose SHA-256 is its `contentHash`',
      'application/json',
    ),
  ],
  [
    'GET /p/:slug/text.json',
    page(
      '/:slug',
      "The plan's own text as it was published: canonical JSON, whose SHA-256 it tells",
      'application/json',
    ),
  ],
  ['GET /p/:slug/letters/:number', page('/:slug/:number', 'The file of a letter of support', '*/*')],
  [
    'GET /p/:slug/meetings/:meeting/files/:number',
    page('/:slug/:meeting/:number', 'A file of a public meeting that was marked public', '*/*'),
  ],
  ['GET /site/:sheet', page('/:sheet', 'The styles of the public pages', 'text/css')],
  ['GET /robots.txt', page('', 'What programs that look for pages may read', 'text/plain')],
  ['GET /sitemap.xml', page('', 'Every public page', 'application/xml')],
])
