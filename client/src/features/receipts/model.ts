import type { Receipt } from '@cabildo/protocol/http/receipts'
import { readReceiptCode } from '@cabildo/protocol/receipt-code'
import { showSpokenCode } from '@cabildo/protocol/spoken-code'

/** A receipt as it is kept, on a device or in a file: whole, so that it can be checked without asking anybody. */
export interface KeptReceipt {
  format: 'cabildo-receipt'
  v: 1
  /** As it is shown: `7QKX-2M4T-9HJ3`. */
  code: string
  /** Where it was read. */
  address: string
  keptAt: string
  receipt: Receipt
}

/** A receipt to keep. */
export function keptOf(code: string, receipt: Receipt, origin: string, now: Date): KeptReceipt {
  const shown = showSpokenCode(code)
  const address = `${origin}/recibo#${shown}`
  return { format: 'cabildo-receipt', v: 1, code: shown, address, keptAt: now.toISOString(), receipt }
}

/** Reads a kept receipt from its text; undefined for anything that is none. What it claims is for the check to judge. */
export function readKept(text: string): KeptReceipt | undefined {
  try {
    const value = JSON.parse(text) as Partial<KeptReceipt> | null
    return isKept(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether a value has everything that a page about a receipt shows. */
export function isKept(value: Partial<KeptReceipt> | null | undefined): value is KeptReceipt {
  if (value?.format !== 'cabildo-receipt' || value.v !== 1) return false
  const { code, address, keptAt, receipt } = value
  if (!areTexts(code, address, keptAt) || readReceiptCode(code ?? '') === undefined || !isObject(receipt)) return false
  const { plan, document, takenAt, recordKey, entry, hash, sealed, proof, became, input } = receipt
  if (!areTexts(takenAt, recordKey, entry, hash) || !isObject(plan) || !areTexts(plan.title, plan.place)) return false
  if (document === null ? !isInput(input) : !isNumbered(document) || !areTexts(document.title)) return false
  if (sealed !== null && !(isObject(sealed) && areTexts(sealed.payload, sealed.salt))) return false
  if (proof !== null && typeof proof !== 'string') return false
  return became === null || (isObject(became) && Array.isArray(became.fields) && Array.isArray(became.versions))
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const isNumbered = (value: unknown): value is { number: number } =>
  isObject(value) && 'number' in value && typeof value.number === 'number'
const areTexts = (...values: unknown[]) => values.every((value) => typeof value === 'string')

/** Whether what became of an input has all that is shown of it. */
function isInput(input: Receipt['input']): boolean {
  return (
    isNumbered(input) &&
    areTexts(input.words, input.dueOn) &&
    (!input.about || (isObject(input.about) && typeof input.about.commitment === 'number')) &&
    (!input.moderation?.ruling || areTexts(input.moderation.ruling.verdict, input.moderation.ruling.reason)) &&
    Array.isArray(input.answers) &&
    input.answers.every((one) => isObject(one) && areTexts(one.outcome, one.reason, one.answeredAt))
  )
}

/** How many characters stand in all fields together. */
export function standingOf({ became }: Receipt): number {
  return (became?.fields ?? []).reduce((sum, { characters }) => sum + characters, 0)
}

/** Milliseconds until a receipt that is not signed yet is asked for again; undefined when it was asked often enough. */
export function patience(asked: number): number | undefined {
  return asked < 10 ? Math.min(8000, 500 * 2 ** asked) : undefined
}
