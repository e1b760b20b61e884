/**
 * Signatures of many notes checked at once, where the platform does that beside the program's own thread: a browser's own
 * Ed25519 is some twenty times as fast as the portable one, and answers later.
 */
import { equalBytes, toBase64 } from './bytes.ts'
import type { NoteKey } from './keys.ts'
import { type Note, verifyNote } from './note.ts'
import type { Verifiers } from './signatures.ts'

/** Notes that are checked at once. */
export const notesAhead = 256

/** Checks signatures ahead of `verifyNote`. */
export interface Ahead {
  /** What to give to `verifyNote`: answers at once for what was prepared, and checks anything else itself. */
  readonly verifiers: Verifiers
  /** Checks the Ed25519 signatures that these keys may have made on notes. Keeps nothing of what was prepared before. */
  prepare(notes: readonly Note[], keys: readonly NoteKey[]): Promise<void>
}

interface Check {
  readonly signature: Uint8Array
  readonly message: Uint8Array
  readonly publicKey: Uint8Array
}

/** Checks ahead where `verifiers` can, and does nothing otherwise. */
export function createAhead(verifiers: Verifiers): Ahead {
  const { ed25519, ed25519Later } = verifiers
  if (!ed25519Later) return { verifiers, prepare: async () => undefined }
  const known = new Map<string, { readonly message: Uint8Array; readonly sound: boolean }>()
  // A character for each byte: it is only to be told apart.
  const nameOf = ({ signature, publicKey }: Omit<Check, 'message'>) => String.fromCharCode(...signature, ...publicKey)
  return {
    verifiers: {
      ...verifiers,
      ed25519: (signature, message, publicKey) => {
        const found = known.get(nameOf({ signature, publicKey }))
        return found && equalBytes(found.message, message) ? found.sound : ed25519(signature, message, publicKey)
      },
    },
    async prepare(notes, keys) {
      known.clear()
      const checks: Check[] = []
      const note = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => {
        checks.push({ signature, message, publicKey })
        return false
      }
      for (const one of notes) verifyNote(one, keys, { ed25519: note })
      const verdicts = await Promise.all(
        checks.map(({ signature, message, publicKey }) => ed25519Later(signature, message, publicKey)),
      )
      for (const [at, check] of checks.entries()) {
        known.set(nameOf(check), { message: check.message, sound: verdicts[at] === true })
      }
    },
  }
}

/** The slice of WebCrypto that is used here. */
interface Subtle {
  importKey(
    format: 'raw',
    key: Uint8Array,
    algorithm: 'Ed25519',
    extractable: boolean,
    uses: ['verify'],
  ): Promise<unknown>
  verify(algorithm: 'Ed25519', key: never, signature: Uint8Array, message: Uint8Array): Promise<boolean>
}

/** Ed25519 of WebCrypto, with `ed25519` where it has none for a key. `subtle` is undefined outside secure pages. */
export function webVerifiers(subtle: unknown, portable: Verifiers): Verifiers {
  if (!subtle) return portable
  const crypto = subtle as Subtle
  const keys = new Map<string, Promise<unknown>>()
  return {
    ...portable,
    async ed25519Later(signature, message, publicKey) {
      const name = toBase64(publicKey)
      try {
        const key = keys.get(name) ?? crypto.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
        if (keys.size < 100) keys.set(name, key)
        return await crypto.verify('Ed25519', (await key) as never, signature, message)
      } catch {
        // A browser without Ed25519, or bytes that are no key: the portable one says.
        return portable.ed25519(signature, message, publicKey)
      }
    },
  }
}
