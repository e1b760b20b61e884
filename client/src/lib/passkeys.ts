import type { Refusal } from './refusal.ts'

/**
 * Whether passkeys can be had here: the browser knows them, and the address has a name, which a passkey is made for.
 * Whether this person has one, only asking tells.
 */
export const hasPasskeys = (): boolean =>
  typeof globalThis.PublicKeyCredential === 'function' && !/^[\d.]+$|^\[/.test(window.location.hostname)

/** What the browser answers when nobody used a passkey: the person closed its question, or waited too long. */
class PasskeyNotUsed extends Error {}

/** Whether an error only means that no passkey was used. */
export const notUsed = (error: Error | Refusal | null): boolean => error instanceof PasskeyNotUsed

type Options = Record<string, unknown>

/** Asks the browser to sign a challenge of the server with a passkey. The library comes with the first question. */
export async function signWithPasskey(challenge: Options): Promise<Options> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  // The contract carries WebAuthn's JSON whole and leaves its form to the library on either side.
  const optionsJSON = challenge as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON']
  return ask(() => startAuthentication({ optionsJSON }))
}

/** Asks the browser to make a passkey for this account. */
export async function makePasskey(challenge: Options): Promise<Options> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  // As above.
  const optionsJSON = challenge as unknown as Parameters<typeof startRegistration>[0]['optionsJSON']
  return ask(() => startRegistration({ optionsJSON }))
}

async function ask(question: () => Promise<unknown>): Promise<Options> {
  try {
    return (await question()) as Options
  } catch (error) {
    // Browsers name neither of the two apart from the other: nobody answered, or there is already one on this device.
    if (error instanceof Error && /^(NotAllowed|Abort|InvalidState)Error$/.test(error.name))
      throw new PasskeyNotUsed(error.message)
    throw error
  }
}
