import { browserStorage } from '../../sync/kept-index.ts'
import { isKept, type KeptReceipt } from './model.ts'

/** Where receipts are kept that somebody chose to keep on this device. */
const key = 'cabildo:receipts'
/** More than anybody takes; the oldest gives way. */
const most = 50

/** Whose receipts may be listed on this device now, by the ids of people; undefined stands for those of nobody in particular. */
export type Whose = readonly (string | undefined)[]

/**
 * Whoever is signed in sees their own alone. When nobody is, those that were kept so, and those of the guest who had the
 * device last: the next person on a shared phone does not see what the one before kept (RC164).
 */
export function whoseReceipts(signedIn: string | undefined, lastGuest: string | undefined): Whose {
  return signedIn === undefined ? [lastGuest, undefined] : [signedIn]
}

/** The receipts kept on this device that may be listed now, newest first. */
export function keptReceipts(whose: Whose): KeptReceipt[] {
  return everyKept()
    .filter(({ owner }) => whose.includes(owner))
    .map(withoutOwner)
}

/** The kept receipt of a code, whoever kept it: who knows the code may read it. */
export function findKept(code: string): KeptReceipt | undefined {
  const found = everyKept().find((one) => one.code === code)
  return found && withoutOwner(found)
}

/** Keeps a receipt on this device, in place of an older one of the same code. False when the device keeps nothing. */
export function keepReceipt(receipt: KeptReceipt, [owner]: Whose): boolean {
  try {
    const storage = browserStorage()
    const others = everyKept().filter(({ code }) => code !== receipt.code)
    storage?.setItem(key, JSON.stringify([{ ...receipt, owner }, ...others].slice(0, most)))
    return storage !== undefined
  } catch {
    return false
  }
}

/** Takes a receipt off this device. */
export function forgetReceipt(code: string): void {
  const others = everyKept().filter((receipt) => receipt.code !== code)
  try {
    browserStorage()?.setItem(key, JSON.stringify(others))
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
