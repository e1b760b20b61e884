import { AppError, type FieldProblem } from '@cabildo/protocol/errors'

const detail = 'It holds the character U+0000, which nobody types.'

/**
 * Refuses as `invalid` a value in which the character U+0000 stands anywhere, in a key or in a text, naming the field:
 * PostgreSQL stores none, and a text is never shortened behind somebody's back. `value` is what a request brought: path,
 * query or body.
 */
export function refuseNul(value: unknown): void {
  const found = findNul(value, '')
  if (found !== undefined) throw new AppError('invalid', { detail, errors: [problem(found)] })
}

/** A step of a JSON pointer (RFC 6901). */
export function pointerStep(step: PropertyKey): string {
  return `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

const problem = (pointer: string): FieldProblem => ({ pointer, detail })

/** Where the first one stands. What is parsed from JSON is no deeper than the bound on a body allows. */
function findNul(value: unknown, pointer: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? pointer : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const place = pointer + pointerStep(key)
    if (key.includes('\0')) return place
    const found = findNul(inner, place)
    if (found !== undefined) return found
  }
  return undefined
}
