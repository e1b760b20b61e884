import { browserStorage } from '../../sync/kept-index.ts'
import { isKept, type KeptReceipt } from './model.ts'

/** Where receipts are kept that somebody chose to keep on this device. */
const key = 'cabildo:receipts'
/** More than anybody takes; the oldest gives way. */
const most = 50

/** The receipts kept on this device, newest first. */
export function keptReceipts(): KeptReceipt[] {
  try {
    const found: unknown = JSON.parse(browserStorage()?.getItem(key) ?? '[]')
    return Array.isArray(found) ? found.filter(isKept) : []
  } catch {
    return []
  }
}

/** Keeps a receipt on this device, in place of an older one of the same code. False when the device keeps nothing. */
export function keepReceipt(receipt: KeptReceipt): boolean {
  try {
    const storage = browserStorage()
    const others = keptReceipts().filter(({ code }) => code !== receipt.code)
    storage?.setItem(key, JSON.stringify([receipt, ...others].slice(0, most)))
    return storage !== undefined
  } catch {
    return false
  }
}

/** Takes a receipt off this device. */
export function forgetReceipt(code: string): void {
  const others = keptReceipts().filter((receipt) => receipt.code !== code)
  try {
    browserStorage()?.setItem(key, JSON.stringify(others))
  } catch {
    // Full or switched off: then nothing was kept.
  }
}
