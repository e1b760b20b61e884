import { execFile, spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { runToEnd, withTime } from './command.mjs'
import { exists } from './prepare.mjs'

const folders = ['/usr/bin', '/usr/local/bin', '/opt/google/chrome', '/snap/bin']

/** The path of the first of these programs that this machine has and that runs; `more`: whole paths to look at too. */
export async function ofMachine(wanted, more = []) {
  const inPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const places = [...inPath, ...folders].flatMap((folder) => wanted.map((name) => join(folder, name)))
  for (const path of [...places, ...more]) {
    if ((await exists(path)) && (await runs(path))) return path
  }
  return undefined
}

/** Installs a package of Debian's, of which `why` says what for; whether it could: there is a Debian and the right to. */
export async function installOnDebian(name, why) {
  if (process.getuid?.() !== 0 || !(await exists('/usr/bin/apt-get'))) return false
  console.log(`Installing ${name} for ${why} (once).`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] }
  const install = ['install', '-y', '-qq', '--no-install-recommends', name]
  await withTime('updating the package lists', runToEnd(spawn('apt-get', ['update', '-qq'], quiet)))
  await withTime('installing', runToEnd(spawn('apt-get', install, quiet)))
  return true
}

/** Whether a program can be run. Some distributions install a script that only says where to find the real one. */
export async function runs(path) {
  return promisify(execFile)(path, ['--version'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  )
}
