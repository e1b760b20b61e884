import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './prepare.mjs'

const bin = (name) => join(root, 'node_modules/.bin', name)
const workspaces = [
  'packages/record',
  'packages/protocol',
  'packages/schema',
  'packages/authorship',
  'packages/verify',
  'packages/witness',
  'packages/testkit',
  'server',
  'client',
  'e2e',
  'bench',
]

/** Two copies of one of these in a program break it in silence. */
const single = [
  'yjs',
  'lib0',
  'y-protocols',
  'prosemirror-model',
  'prosemirror-state',
  'prosemirror-view',
  'prosemirror-transform',
  '@tiptap/core',
  '@tiptap/pm',
  'react',
]

/** What can be said of the code without running it, the longest first: each with a name and a way to find out. */
const checks = [
  { name: 'format and lint', run: tool('biome', 'ci', '--colors=off') },
  { name: 'boundaries', run: tool('depcruise', '--config', '.dependency-cruiser.mjs', ...workspaces, 'migrations') },
  typesOf('client'),
  typesOf('tsconfig.node.json'),
  { name: 'dead code', run: tool('knip', '--no-progress') },
  typesOf('tsconfig.page.json'),
  typesOf('tsconfig.anywhere.json'),
  { name: 'one copy of each shared library', run: oneCopyOfEach },
]

/** How many run at once: the longest take one core for most of their time. */
const atOnce = 2

/** Runs every check, saying how each went, and answers how many passed and failed. */
export async function runChecks(tools) {
  const waiting = [...checks]
  let failed = 0
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const start = Date.now()
      const { ok, said } = await check.run(tools)
      console.log(`${ok ? '✓' : '✗'} ${check.name} (${((Date.now() - start) / 1000).toFixed(1)} s)`)
      if (ok) continue
      failed += 1
      console.log(said)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return { passed: checks.length - failed, failed }
}

/**
 * For the compiler, which is written in Go: each of its programs ends before there is much to tidy up, and tidying took a
 * quarter of its time. It begins to where a program would need more memory than this.
 */
const untidy = { GOGC: 'off', GOMEMLIMIT: '2GiB' }

/**
 * A program of types, by the configuration that says what is in it: what stands on nothing of a page, what knows of pages by
 * its libraries, and what knows them itself. Workspaces checked one by one would each work out again the types of those
 * that they stand on. So does each checker of the compiler's for itself, and two programs share two cores already.
 */
function typesOf(project) {
  return { name: `types of ${project}`, run: tool('tsc', '-p', project, '--checkers', '1') }
}

function tool(name, ...args) {
  return ({ env }) =>
    new Promise((done) => {
      const child = spawn(bin(name), args, {
        cwd: root,
        env: { ...env, ...untidy, NO_COLOR: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => {
          said += text
        })
      }
      child.once('error', (error) => done({ ok: false, said: String(error) }))
      child.once('close', (code) => done({ ok: code === 0, said }))
    })
}

async function oneCopyOfEach() {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  const copies = single.map((name) => Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`)))
  const wrong = copies.filter((paths) => paths.length !== 1)
  return { ok: wrong.length === 0, said: JSON.stringify(wrong) }
}
