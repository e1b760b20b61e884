import { browserStorage } from '../../sync/kept-index.ts'
import { isKept, type KeptReceipt } from './model.ts'

/** Where receipts are kept that somebody chose to keep on this device. */
const key = 'cabildo:receipts'
/** More than anybody takes; the oldest gives way. */
const most = 50

/** Whose receipts may be listed, kept and taken off on this device now. */
export interface Whose {
  /** Ids of people; undefined stands for those of nobody in particular. What is kept now belongs to the first. */
  ids: readonly (string | undefined)[]
  /** A guest has the device, or had it last: it may be passed to somebody else, who does not see what they kept. */
  isGuest: boolean
}

/**
 * Whoever is signed in sees their own alone. When nobody is, those that were kept so, and those of the guest who had the
 * device last: the next person on a shared phone does not see what the one before kept (RC164).
 */
export function whoseReceipts(
  signedIn: { id: string; workshop?: object | null | undefined } | undefined | null,
  lastGuest: string | undefined,
): Whose {
  if (signedIn) return { ids: [signedIn.id], isGuest: Boolean(signedIn.workshop) }
  return { ids: [lastGuest, undefined], isGuest: lastGuest !== undefined }
}

/** The receipts kept on this device that may be listed now, newest first. */
export function keptReceipts(whose: Whose): KeptReceipt[] {
  return everyKept().filter(isOf(whose)).map(withoutOwner)
}

/** The kept receipt of a code, whoever kept it: who knows the code may read it. */
export function findKept(code: string): KeptReceipt | undefined {
  const found = everyKept().find((one) => one.code === code)
  return found && withoutOwner(found)
}

/** Says whether those who have the device now keep the receipt of a code, and not somebody before them. */
export function isKeptBy(code: string, whose: Whose): boolean {
  return everyKept().some((one) => one.code === code && isOf(whose)(one))
}

/** Keeps a receipt on this device, in place of their own older one of the same code. False when the device keeps nothing. */
export function keepReceipt(receipt: KeptReceipt, whose: Whose): boolean {
  try {
    const storage = browserStorage()
    const [owner] = whose.ids
    const kept = [{ ...receipt, owner }, ...everyKeptBut(receipt.code, whose)]
    storage?.setItem(key, JSON.stringify(kept.slice(0, most)))
    return storage !== undefined
  } catch {
    return false
  }
}

/** Takes their own copy of a receipt off this device; somebody else's stays. */
export function forgetReceipt(code: string, whose: Whose): void {
  try {
    browserStorage()?.setItem(key, JSON.stringify(everyKeptBut(code, whose)))
  } catch {
    // Full or switched off: then nothing was kept.
  }
}

/** A kept receipt, and the id of the person who kept it. Files hold no such id. */
type Owned = KeptReceipt & { owner?: string }

function withoutOwner({ owner: _, ...receipt }: Owned): KeptReceipt {
  return receipt
}

function everyKept(): Owned[] {
  try {
    const found: unknown = JSON.parse(browserStorage()?.getItem(key) ?? '[]')
    return Array.isArray(found) ? found.filter(isKept) : []
  } catch {
    return []
  }
}

const isOf =
  ({ ids }: Whose) =>
  ({ owner }: Owned) =>
    ids.includes(owner)

const everyKeptBut = (code: string, whose: Whose) => everyKept().filter((one) => one.code !== code || !isOf(whose)(one))
