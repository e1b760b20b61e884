/**
 * The key that signs heads of the tree. It lives in the data folder or the environment, never in the database: whoever
 * can change the database cannot sign what they made of it.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromBase64, toBase64 } from '@cabildo/record/bytes'
import { nodeSigner } from '@cabildo/record/cli/signing'
import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { formatVkey, isKeyName, keyTypes, makeKey, parseVkey } from '@cabildo/record/keys'
import { parseNote, signNote, verifyNote } from '@cabildo/record/note'
import { cosigner, ed25519Signer, type NoteSigner } from '@cabildo/record/signatures'
import { StartError } from '../../start-error.ts'

/** Signs heads as this installation. */
export interface Signer {
  /** The name that stands in every head: who speaks. It never changes, even when the address does. */
  origin: string
  /** C2SP verifier keys: the Ed25519 one, which everybody can check, first. */
  verifierKeys: readonly string[]
  /** The text of a checkpoint as a note, with a signature for each key. */
  sign(text: string): string
}

/** Key material: an Ed25519 seed, and an ML-DSA-44 key (FIPS 204) where the runtime has the algorithm. */
interface Secrets {
  name: string
  seed: Uint8Array
  mlDsa: KeyObject | undefined
}

/**
 * The signer of a data folder; made, and readable by its owner alone, at the first start. `given` (RECORD_KEY) takes the
 * place of the file. `host` names a key that is made now. Also answers whether it was made now. Throws `StartError` when the
 * key is gone, or is another one than the last published head was signed with: whoever trusts that one would find the record
 * signed by a stranger from then on.
 */
export async function readSigner({
  dataDir,
  given,
  host,
  lastHead,
}: {
  dataDir: string
  given: string | undefined
  host: string
  /** The last head that was published here, as a note; undefined when nothing was. */
  lastHead: string | undefined
}): Promise<{ signer: Signer; fresh: boolean }> {
  const known = (text: string, place: string) => {
    const signer = signerOf(parse(text, place))
    if (lastHead !== undefined && !hasSigned(signer, lastHead)) {
      throw new StartError(
        `${place} is not the key that this record was signed with: bring that one back, or start with another data folder.`,
      )
    }
    return { signer, fresh: false }
  }
  if (given !== undefined) return known(given, 'RECORD_KEY')
  const path = join(dataDir, 'record-key')
  const kept = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw new StartError(`Cannot read ${path} (${error.code}): start as the user who owns the data folder.`)
  })
  if (kept.trim()) return known(kept, path)
  if (lastHead !== undefined) {
    throw new StartError(
      `${path} is gone, and this record was signed with it: bring it back from a copy, or give RECORD_KEY.`,
    )
  }
  const made = generate(`${host}/cocreacion`)
  await writeFile(path, textOf(made), { mode: 0o600, flush: true })
  return { signer: signerOf(made), fresh: true }
}

/** Whether the signer's first key, which everybody can check, signed a head. */
function hasSigned({ verifierKeys: [vkey = ''] }: Signer, head: string): boolean {
  const [key, note] = [parseVkey(vkey), parseNote(head)]
  return key !== undefined && note !== undefined && verifyNote(note, [key], nodeVerifiers).signed.length > 0
}

/** A signer whose key is kept nowhere, for tests. */
export function createSigner(name: string): Signer {
  return signerOf(generate(name))
}

function signerOf({ name, seed, mlDsa }: Secrets): Signer {
  const signers: NoteSigner[] = [ed25519(name, seed)]
  if (mlDsa) signers.push(mlDsaSigner(name, mlDsa))
  return {
    origin: name,
    verifierKeys: signers.map(({ key }) => formatVkey(key)),
    sign: (text) => signNote(text, signers),
  }
}

/** By OpenSSL: what runs everywhere makes tables at its first use, which took a twentieth of a start. */
const ed25519 = (name: string, seed: Uint8Array) => ed25519Signer(name, seed, nodeSigner(seed))

/** The raw key stands at the end of its SubjectPublicKeyInfo. */
function mlDsaSigner(name: string, secret: KeyObject): NoteSigner {
  const info = createPublicKey(secret).export({ type: 'spki', format: 'der' })
  const key = makeKey(name, keyTypes.mldsa44, new Uint8Array(info.subarray(info.length - 1312)))
  return cosigner(
    key,
    (message) => new Uint8Array(sign(null, message, secret)),
    () => Math.floor(Date.now() / 1000),
  )
}

function generate(name: string): Secrets {
  return { name, seed: randomBytes(32), mlDsa: generateMlDsa() }
}

/** Undefined where Node was built with a library that lacks the algorithm. */
function generateMlDsa(): KeyObject | undefined {
  try {
    return generateKeyPairSync('ml-dsa-44').privateKey
  } catch {
    return undefined
  }
}

const privateKey = /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/
const mlDsaKey = /^ML-DSA-44 (\S+)$/

/** One line as other tools for signed notes keep an Ed25519 key, and one for ML-DSA-44. */
function textOf({ name, seed, mlDsa }: Secrets): string {
  const { key } = ed25519(name, seed)
  const secret = toBase64(Uint8Array.of(keyTypes.ed25519, ...seed))
  const second = mlDsa ? `ML-DSA-44 ${mlDsa.export({ type: 'pkcs8', format: 'der' }).toString('base64')}\n` : ''
  return `PRIVATE+KEY+${name}+${key.id}+${secret}\n${second}`
}

function parse(text: string, place: string): Secrets {
  const secrets = tryParse(text)
  if (!secrets) throw new StartError(`${place} holds no signing key of a record: bring back the file from a copy.`)
  return secrets
}

function tryParse(text: string): Secrets | undefined {
  const [first = '', second, ...more] = text.trim().split('\n')
  const [, name, id, encoded] = privateKey.exec(first) ?? []
  const bytes = encoded === undefined ? undefined : fromBase64(encoded)
  if (name === undefined || !isKeyName(name) || bytes?.length !== 33 || bytes[0] !== keyTypes.ed25519) return undefined
  if (more.length > 0) return undefined
  const seed = bytes.subarray(1)
  if (ed25519(name, seed).key.id !== id) return undefined
  if (second === undefined) return { name, seed, mlDsa: undefined }
  const [, der] = mlDsaKey.exec(second) ?? []
  if (der === undefined) return undefined
  try {
    const mlDsa = createPrivateKey({ key: Buffer.from(der, 'base64'), type: 'pkcs8', format: 'der' })
    return { name, seed, mlDsa }
  } catch {
    return undefined
  }
}
