/**
 * What happens to text that the room will not take. Nothing written is lost: it becomes a kept draft on the server, or
 * stays on this device until it can become one (editor.md 8).
 */
import type { FinalReason } from './connection.ts'

/** Why the server is asked to keep a draft, in the words of the contract. */
export type DraftReason = 'frozen' | 'forbidden' | 'restored' | 'refused'

/** How an open document ends. After `again` it is opened anew from the server; `stuck` keeps the text on this device. */
export type Ending =
  | { kind: 'signIn' }
  | { kind: 'newProgram' }
  | { kind: 'gone'; pending: number }
  | { kind: 'handingIn'; reason: DraftReason }
  | { kind: 'again'; reason: DraftReason; draftId: string | null }
  | { kind: 'stuck'; reason: DraftReason; error: unknown }

/** What settling needs: the text, a way to the server, and the local copy to clear once the server has answered. */
export interface SettlePorts {
  /** Edits that the server is not known to have, asked before each step: a key may be pressed while one is under way. */
  pending(): number
  state(): Uint8Array
  /** Hands the state in; the id of the kept draft, or null when the document already holds all of it. */
  handIn(state: Uint8Array, reason: DraftReason): Promise<string | null>
  clearLocal(): Promise<void>
}

const draftReasons: Partial<Record<FinalReason, DraftReason>> = {
  frozen: 'frozen',
  forbidden: 'forbidden',
  restored: 'restored',
  refused: 'refused',
}

/** Says what to show while `settle` works, or undefined when the end is known at once. */
export function startOf(reason: FinalReason): Ending | undefined {
  const draftReason = draftReasons[reason]
  return draftReason && { kind: 'handingIn', reason: draftReason }
}

/**
 * Settles a refusal. The local copy is cleared only after the server has answered for its text, or when it holds nothing
 * that the server does not have. Never throws: what fails is answered as `stuck`, and may be tried again.
 */
export async function settle(reason: FinalReason, ports: SettlePorts): Promise<Ending> {
  const draftReason = draftReasons[reason]
  if (reason === 'sign_in') return { kind: 'signIn' }
  if (reason === 'new_program') return { kind: 'newProgram' }
  if (!draftReason) return { kind: 'gone', pending: ports.pending() }
  try {
    let draftId: string | null = null
    for (let handedIn = 0; ports.pending() > handedIn; ) {
      handedIn = ports.pending()
      draftId = (await ports.handIn(ports.state(), draftReason)) ?? draftId
    }
    await ports.clearLocal()
    return { kind: 'again', reason: draftReason, draftId }
  } catch (error) {
    return { kind: 'stuck', reason: draftReason, error }
  }
}
