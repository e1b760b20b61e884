import { readFile } from 'node:fs/promises'
import { refusals } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import type { HttpEnv } from './env.ts'
import { pagePolicy } from './headers.ts'
import type { ApiDescription } from './openapi.ts'
import { problemTitles } from './problems.ts'

const parts: Record<string, { type: string; read: () => Promise<Buffer<ArrayBuffer> | string> }> = {
  'reader.css': {
    type: 'text/css; charset=utf-8',
    read: () => fileAt(import.meta.resolve('swagger-ui-dist/swagger-ui.css')),
  },
  'reader.js': {
    type: 'text/javascript; charset=utf-8',
    read: () => fileAt(import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js')),
  },
  'start.js': { type: 'text/javascript; charset=utf-8', read: async () => startScript },
  'page.css': { type: 'text/css; charset=utf-8', read: async () => pageSheet },
}

/** The API's description, and a page of our own that shows it. Everything comes from here; no script stands inline. */
export function apiReader(describe: () => ApiDescription): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  app.get('/api/openapi.json', (c) => c.json(describe(), 200, { 'Cache-Control': 'no-cache' }))

  app.get('/api/docs', (c) => {
    c.header('Content-Security-Policy', pagePolicy())
    c.header('Cache-Control', 'no-cache')
    return c.html(page)
  })

  app.get('/api/docs/:part', async (c, next) => {
    const name = c.req.param('part')
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined
    if (!part) return next()
    return c.body(await part.read(), 200, { 'Content-Type': part.type, 'Cache-Control': 'max-age=3600' })
  })

  return app
}

function fileAt(url: string): Promise<Buffer<ArrayBuffer>> {
  return readFile(new URL(url)) as Promise<Buffer<ArrayBuffer>>
}

const startScript = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#reader',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  syntaxHighlight: false,
  validatorUrl: null,
})
`

const pageSheet = `body { margin: 0; background: #fbfaf7; color: #1b1f24; font: 17px/1.6 system-ui, sans-serif; }
.problems { max-width: 1460px; margin: 0 auto; padding: 24px 20px 64px; box-sizing: border-box; }
.problems table { border-collapse: collapse; }
.problems th, .problems td { padding: 4px 24px 4px 0; text-align: left; border-bottom: 1px solid #857f71; }
.problems tr:target { background: #e1f0ee; }
/* The reader's own colours are too faint to read; which server to ask is no question here. */
.swagger-ui .scheme-container { display: none; }
.swagger-ui a.link, .swagger-ui .info a, .swagger-ui .info .url { color: #0b6e6e; }
.swagger-ui .info .title small, .swagger-ui .info .title small.version-stamp { background: #343a41; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1d5fa8; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #1f6f46; }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { background: #a3261b; }
`

const problemRows = Object.entries(problemTitles)
  .map(([code, title]) => {
    const status = refusals[code as keyof typeof refusals]
    return `<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${title}</td></tr>`
  })
  .join('\n')

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cabildo API</title>
<link rel="stylesheet" href="/api/docs/reader.css">
<link rel="stylesheet" href="/api/docs/page.css">
</head>
<body>
<div id="reader"></div>
<section class="problems" aria-labelledby="problems">
<h2 id="problems">Problems</h2>
<p>Every refusal is <code>application/problem+json</code> (RFC 9457) with one of these codes.</p>
<table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${problemRows}
</tbody>
</table>
</section>
<noscript><p>The description itself is at <a href="/api/openapi.json">/api/openapi.json</a>.</p></noscript>
<script src="/api/docs/reader.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`
