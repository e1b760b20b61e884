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

/** Where one stands. Without recursion: whoever sends JSON chooses how deep it goes. */
function findNul(value: unknown, pointer: string): string | undefined {
  const waiting = [{ value, pointer }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value: one, pointer: at } = next
    if (typeof one === 'string' && one.includes('\0')) return at
    if (typeof one !== 'object' || one === null) continue
    for (const [key, inner] of Object.entries(one).reverse()) {
      const place = at + pointerStep(key)
      if (key.includes('\0')) return place
      waiting.push({ value: inner, pointer: place })
    }
  }
  return undefined
}
