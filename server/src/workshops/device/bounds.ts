import type { Throttles } from '../../auth/throttling.ts'
import { mostOnDevice } from '../rules.ts'

/** How often one device may be used in a way that makes a session. */
export interface DeviceLimits {
  /** People who join from it in an hour, whether or not they are let in. */
  joins: number
  /** Times it is passed in a minute. */
  passes: number
}

/** A full phone in one hour, and half as many who have to try twice. A table passes its phone every half second at most. */
const usual: DeviceLimits = { joins: mostOnDevice * 1.5, passes: 120 }

/** Bounds on what a device that is known may ask for (WS27). A device is known once somebody has joined from it. */
export interface DeviceBounds {
  /** Takes a point for joining. Throws `throttled`, saying when to come back. */
  join(deviceId: string): Promise<void>
  /** The same for passing the phone. */
  pass(deviceId: string): Promise<void>
}

/** Counts by the id of a device: what is shown by one that does not exist is counted nowhere, and leaves no row. */
export function createDeviceBounds(throttles: Pick<Throttles, 'bucket'>, limits = usual): DeviceBounds {
  const joins = throttles.bucket('device: join', { points: limits.joins, seconds: 60 * 60 })
  const passes = throttles.bucket('device: pass', { points: limits.passes, seconds: 60 })
  return { join: (deviceId) => joins.take(deviceId), pass: (deviceId) => passes.take(deviceId) }
}
