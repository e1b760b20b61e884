import { Refusal } from './refusal.ts'

/** Whether a refusal is about this field, named by its JSON pointer into what was sent: `/email`. */
export const isFault = (error: unknown, pointer: string): boolean =>
  error instanceof Refusal && error.errors.some((one) => one.pointer === pointer)

/** Leads whoever sent a form to the first field in it that is wrong, once it says so. */
export function leadToFault(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
