/**
 * Where to go after signing in: a path of this site, or `/` for anything else. A second slash or a backslash would lead
 * to another site, and browsers drop tabs and line ends from addresses, so none of these may stand in it.
 */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return '/'
  const hasTrick = [...next].some((letter) => letter === '\\' || letter <= ' ' || letter === '\u007f')
  return hasTrick ? '/' : next
}
