import type { Throttles } from '../auth/throttling.ts'

/** How often receipts are asked for from one network in a minute. */
export interface ReceiptLimits {
  /** Receipts read by their codes, right or wrong. */
  looks: number
  /** Times that a phone asks for what was written from it. */
  phones: number
}

/**
 * Each look reads a text's log. A full workshop behind one address reads its receipts within a minute, each four times
 * while they are being signed; nobody else needs as many.
 */
const usual: ReceiptLimits = { looks: 1200, phones: 300 }

/** Bounds on what is asked for without a session (RC163). Who has one is also counted by account (`http/rates.ts`). */
export interface ReceiptBounds {
  /** Takes a point for reading a receipt. Throws `throttled`, saying when to come back. */
  look(network: string): Promise<void>
  /** The same for taking those of a phone. */
  phone(network: string): Promise<void>
}

/** Counts by network, in the database, so that a restart forgives nothing. */
export function createReceiptBounds(throttles: Pick<Throttles, 'bucket'>, limits = usual): ReceiptBounds {
  const looks = throttles.bucket('receipt: look', { points: limits.looks, seconds: 60 })
  const phones = throttles.bucket('receipt: phone', { points: limits.phones, seconds: 60 })
  return { look: (network) => looks.take(network), phone: (network) => phones.take(network) }
}
