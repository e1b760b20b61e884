import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { StartError } from '../../../start-error.ts'

/** How a command is called: an example, and how each option must look, for the sentence that refuses it. */
export interface Usage<Option extends string> {
  example: string
  forms: Record<Option, string>
}

/** Reads the options of a command by `schema`; of this process, unless `args` are given. Throws `StartError` naming the first that is wrong. */
export function readOptions<Schema extends z.ZodObject>(
  schema: Schema,
  { example, forms }: Usage<keyof z.output<Schema> & string>,
  args: readonly string[] = process.argv.slice(2),
): z.output<Schema> {
  const parsed = schema.safeParse(given(Object.keys(schema.shape), args, example))
  if (parsed.success) return parsed.data
  // Zod names the options of the schema, and every one of them has a form.
  const option = String(parsed.error.issues[0]?.path[0]) as keyof z.output<Schema> & string
  throw new StartError(`--${option} must be ${forms[option]}; for example: ${example}.`)
}

function given(names: readonly string[], args: readonly string[], example: string): Record<string, unknown> {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
    return parseArgs({ options, args: [...args] }).values
  } catch (error) {
    // Node says it in several sentences; the first one is enough.
    const [why] = error instanceof Error ? error.message.split(/\.(?:\s|$)/, 1) : [error]
    throw new StartError(`${why}; for example: ${example}.`)
  }
}
