/**
 * What a witness keeps, in a folder of its own: its key, the last head of each log it signed, evidence. A state that
 * cannot be read is never taken for none: a witness that forgets could sign a second history.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromBase64, fromHex, toBase64, toHex } from '@cabildo/record/bytes'
import type { Evidence } from '@cabildo/record/evidence'
import { isKeyName, keyTypes } from '@cabildo/record/keys'
import { ed25519Cosigner, type NoteSigner } from '@cabildo/record/signatures'
import type { Seen } from '@cabildo/record/witness'

/** The folder of a witness, held by this process alone. */
export interface Shelf {
  /** The witness's key; made at the first start, under the name that `named` gives then. `now` in whole seconds. */
  signer(named: () => string, now: () => number): Promise<{ signer: NoteSigner; fresh: boolean }>
  /** What was signed last of the log with this origin. Throws where the file does not read. */
  load(origin: string): Promise<Seen | undefined>
  /** Safe from a power cut when it resolves. */
  save(origin: string, seen: Seen): Promise<void>
  /** Keeps evidence under a name, once, safe from a power cut; answers its file, and whether it was not there before. */
  keepEvidence(name: string, content: Evidence): Promise<{ path: string; fresh: boolean }>
  /** Lets others in. */
  close(): Promise<void>
}

/** Opens, or makes, a witness's folder. Throws an Error while another process holds it. */
export async function openShelf(folder: string): Promise<Shelf> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = join(folder, 'lock')
  await takeLock(lock)
  const stateOf = (origin: string) => join(folder, `state-${nameOf(origin)}.json`)

  return {
    async signer(named, now) {
      const path = join(folder, 'key')
      const kept = await readIfThere(path)
      if (kept !== undefined) return { signer: parseKey(kept, path, now), fresh: false }
      const seed = new Uint8Array(randomBytes(32))
      const signer = ed25519Cosigner(named(), seed, now)
      const secret = toBase64(Uint8Array.of(keyTypes.cosignature, ...seed))
      await writeWhole(path, `PRIVATE+KEY+${signer.key.name}+${signer.key.id}+${secret}\n`)
      return { signer, fresh: true }
    },
    async load(origin) {
      const text = await readIfThere(stateOf(origin))
      return text === undefined ? undefined : parseState(text, origin, stateOf(origin))
    },
    async save(origin, { size, root, note }) {
      await writeWhole(stateOf(origin), `${JSON.stringify({ origin, size, root: toHex(root), note })}\n`)
    },
    async keepEvidence(name, content) {
      const path = join(folder, `evidence-${name}.json`)
      try {
        await writeFile(path, `${JSON.stringify(content, undefined, 2)}\n`, { flag: 'wx', flush: true })
        return { path, fresh: true }
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return { path, fresh: false }
        throw error
      }
    },
    close: () => rm(lock, { force: true }),
  }
}

function nameOf(origin: string): string {
  return createHash('sha256').update(origin).digest('hex').slice(0, 16)
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Replaces a file whole: after a power cut it is the old one or the new one. */
async function writeWhole(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`
  const file = await open(fresh, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(fresh, path)
  await syncFolder(join(path, '..'))
}

/** The renaming itself must be on the disk. Windows knows no such thing, and needs none. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  try {
    await folder?.sync()
  } catch {
  } finally {
    await folder?.close()
  }
}

function parseKey(text: string, path: string, now: () => number): NoteSigner {
  const [, name = '', id, encoded = ''] = /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+(\S+)\n?$/.exec(text) ?? []
  const bytes = fromBase64(encoded)
  if (isKeyName(name) && bytes?.length === 33 && bytes[0] === keyTypes.cosignature) {
    const signer = ed25519Cosigner(name, bytes.subarray(1), now)
    if (signer.key.id === id) return signer
  }
  throw new Error(`${path}: no es la clave de un testigo / is not the key of a witness`)
}

function parseState(text: string, origin: string, path: string): Seen {
  try {
    const state = JSON.parse(text) as { origin: unknown; size: unknown; root: unknown; note: unknown }
    const root = fromHex(String(state.root))
    const { size, note } = state
    if (state.origin === origin && typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) {
      if (root?.length === 32 && typeof note === 'string') return { size, root, note }
    }
  } catch {}
  throw new Error(`${path}: no se puede leer lo último firmado / what was signed last cannot be read`)
}

async function takeLock(path: string): Promise<void> {
  const holder = Number(await readIfThere(path))
  if (holder > 0 && holder !== process.pid && isRunning(holder)) {
    throw new Error(`otro testigo usa esta carpeta / another witness uses this folder (process ${holder}, ${path})`)
  }
  // The process that held it is gone.
  if (holder > 0) await rm(path, { force: true })
  await writeFile(path, String(process.pid), { flag: 'wx' })
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
