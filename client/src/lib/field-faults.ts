import { Refusal } from './refusal.ts'

/** Whether a refusal is about this field, named by its JSON pointer into what was sent: `/email`. */
export const isFault = (error: unknown, pointer: string): boolean =>
  error instanceof Refusal && error.errors.some((one) => one.pointer === pointer)
