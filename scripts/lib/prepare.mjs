/**
 * What every command needs before it can run: the packages of the lockfile, and the Node they pin. No dependency, and
 * nothing newer than Node 20: this runs on whatever Node the machine has.
 */
import { spawn } from 'node:child_process'
import { access, readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotGoOn, orStop, runToEnd, withTime } from './command.mjs'

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

const oldest = { major: 20, minor: 19 }
const wanted = 24
const bin = join(root, 'node_modules/.bin')

/** Installs what is missing and answers how to run programs: under `node`, with `env`, where that Node comes first. */
export async function prepare() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
    throw new CannotGoOn(`Cabildo needs Node ${oldest.major}.${oldest.minor} or later; this is ${process.version}.`)
  }
  if (!(await isInstalled())) await install()
  return { node: await findNode(major), env: { ...process.env, PATH: [bin, ...pathWithoutBin()].join(delimiter) } }
}

/**
 * Whether node_modules holds what the lockfile asks for, made for this machine. npm writes its own list last, so an
 * installation that was cut short has none.
 */
async function isInstalled() {
  const locked = await packagesOf('package-lock.json')
  const present = await packagesOf('node_modules/.package-lock.json')
  if (!locked) throw new CannotGoOn('package-lock.json is missing or damaged: clone the repository again.')
  if (!present) return false
  const asLocked = ([path, { link, version, integrity, os, cpu }]) => {
    const same = link || (locked[path]?.version === version && locked[path].integrity === integrity)
    return same && suits(os, process.platform) && suits(cpu, process.arch)
  }
  const isThere = ([path, { optional }]) => optional || !path.includes('node_modules/') || present[path]
  return Object.entries(present).every(asLocked) && Object.entries(locked).every(isThere)
}

async function packagesOf(file) {
  try {
    return JSON.parse(await readFile(join(root, file), 'utf8')).packages
  } catch {
    return undefined
  }
}

/** npm's `os` and `cpu`: names, or names to be excluded. */
function suits(given, here) {
  const names = given === undefined ? [] : [given].flat()
  return names.length === 0 || names.includes(here) || names.some((name) => name.startsWith('!') && name !== `!${here}`)
}

async function install() {
  console.log('Installing packages: the first time takes some minutes.')
  // Not `npm ci`: it refuses a lockfile made where some platform's optional package was not to be had. This one keeps to
  // the lockfile just as well, writes nothing into it, and replaces only what differs.
  const words = ['install', '--no-save', '--include=dev', '--include=optional']
  const code = await withTime('installing', runNpm(words, root))
  orStop(code, 'The packages could not be installed: npm says above what is wrong.')
}

/** Runs npm in a folder, where it runs nothing that comes with the packages, and answers its exit code. */
export function runNpm(words, cwd) {
  const options = [...words, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  // Inside `npm start`, npm says which Node and which npm it is; Node's own folder of programs is about to be replaced.
  const { npm_execpath: npm, npm_node_execpath: node = process.execPath, NODE_ENV: _, ...rest } = process.env
  const env = { ...rest, PATH: pathWithoutBin().join(delimiter) }
  const place = { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] }
  const child = npm?.endsWith('npm-cli.js')
    ? spawn(node, [npm, ...options], place)
    : spawn('npm', options, { ...place, shell: process.platform === 'win32' })
  return runToEnd(child)
}

/** Node 24: the one the lockfile pins for this platform or, where there is none, the one we run on. */
async function findNode(major) {
  const windows = process.platform === 'win32'
  const folder = join(root, 'node_modules', `node-${windows ? 'win' : process.platform}-${process.arch}`)
  const pinned = join(folder, 'bin', windows ? 'node.exe' : 'node')
  if (await exists(pinned)) return pinned
  if (major >= wanted) return process.execPath
  throw new CannotGoOn(
    `Cabildo runs on Node ${wanted}, which the packages hold for Linux, Intel Macs and Windows only: install it here.`,
  )
}

/** Whether there is something at this path that we can see. */
export async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  )
}

function pathWithoutBin() {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== bin)
}
