import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { StartError } from '../../../start-error.ts'

/** How a command is called: an example, and how each option must look, for the sentence that refuses it. */
export interface Usage<Option extends string> {
  example: string
  forms: Record<Option, string>
}

/** Reads the options of this process by `schema`. Throws `StartError` naming the first that is wrong. */
export function readOptions<Schema extends z.ZodObject>(
  schema: Schema,
  { example, forms }: Usage<keyof z.output<Schema> & string>,
): z.output<Schema> {
  const parsed = schema.safeParse(given(Object.keys(schema.shape), example))
  if (parsed.success) return parsed.data
  // Zod names the options of the schema, and every one of them has a form.
  const option = String(parsed.error.issues[0]?.path[0]) as keyof z.output<Schema> & string
  throw new StartError(`--${option} must be ${forms[option]}; for example: ${example}.`)
}

function given(names: readonly string[], example: string): Record<string, unknown> {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
    return parseArgs({ options }).values
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0]?.split('. ', 1)[0] : error
    throw new StartError(`${why}; for example: ${example}.`)
  }
}
