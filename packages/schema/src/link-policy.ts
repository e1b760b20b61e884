/** Longest address a link may carry, in UTF-16 units. */
export const hrefLimit = 2048

const allowedProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])

/**
 * True for an absolute http, https or mailto address. Spaces and control characters are refused anywhere in it, because
 * a browser drops some of them before it reads the scheme (`java\tscript:`), and an address of ours never needs them.
 * Relative addresses are refused: a document is read in the editor, in an export and in print, each with another base.
 */
export function isSafeHref(value: unknown): value is string {
  if (typeof value !== 'string' || value.length === 0 || value.length > hrefLimit) return false
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Z}\\]/u.test(value)) return false
  if (!/^(?:https?:\/\/[^/?#]|mailto:[^:])/i.test(value)) return false
  try {
    // Not `URL.canParse`, which the browser of an older phone does not have.
    return allowedProtocols.has(new URL(value).protocol)
  } catch {
    return false
  }
}
