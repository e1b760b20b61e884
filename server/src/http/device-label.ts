import Bowser from 'bowser'

/** Longer ones are no browser's. */
const longest = 1000

/**
 * What a browser says of itself, in a few words for a list of sessions: "Chrome, Android". Undefined when it says
 * nothing that is known. It is a claim, and for its owner's eyes alone.
 */
export function deviceLabel(userAgent: string | undefined): string | undefined {
  if (!userAgent || userAgent.length > longest) return undefined
  const { browser, os } = Bowser.parse(userAgent)
  return [browser.name, os.name].filter(Boolean).join(', ').slice(0, 60) || undefined
}
