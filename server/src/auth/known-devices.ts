import { timingSafeEqual } from 'node:crypto'
import { AppError } from '@cabildo/protocol/errors'
import type { Keys } from '../keys.ts'
import type { Throttles } from './throttling.ts'

/** A browser from which this account signed in before. */
export interface KnownDevice {
  userId: string
}

/**
 * Browsers from which somebody signed in before, told by a cookie that the server signed (OWASP, device cookies). It signs
 * nobody in: whoever shows it still needs the password. It lets its account through the counts and the line of strangers, so
 * that those cannot shut somebody out of their own account, nor a flood of sign-ins keep them waiting.
 */
export interface KnownDevices {
  cookieName: string
  /** The `Set-Cookie` for who just signed in. */
  cookieFor(userId: string): string
  /** What a cookie says, when it is one of ours and not half a year old. Asks nobody. */
  read(shown: string | undefined): KnownDevice | undefined
  /** False once its account failed ten times in a quarter of an hour from such browsers: then it is a stranger like others. */
  isTrusted(device: KnownDevice): Promise<boolean>
  failed(device: KnownDevice): Promise<void>
}

const day = 24 * 60 * 60
const lasts = 180 * day
const limits = { points: 10, seconds: 15 * 60 }

/** Known devices under the installation's key; `now` in milliseconds. Nothing is kept of them but the counts. */
export function createKnownDevices({
  keys,
  throttles,
  secure,
  now = Date.now,
}: {
  keys: Keys
  throttles: Throttles
  secure: boolean
  now?: () => number
}): KnownDevices {
  const failures = throttles.bucket('sign in: known device', limits)
  const cookieName = `${secure ? '__Secure-' : ''}device`
  const sealOf = (words: string): string => keys.derive('known device', words, 24).toString('base64url')

  return {
    cookieName,
    cookieFor(userId) {
      const words = `${userId}.${Math.floor(now() / 1000)}`
      const value = `${words}.${sealOf(words)}`
      return `${cookieName}=${value}; HttpOnly; Max-Age=${lasts}; Path=/api/session; SameSite=Strict${secure ? '; Secure' : ''}`
    },
    read(shown) {
      const [, words, userId, since, seal] = /^(([\w-]+)\.(\d{1,12}))\.([\w-]{32})$/.exec(shown ?? '') ?? []
      if (!words || !userId || !seal) return undefined
      if (now() / 1000 - Number(since) >= lasts) return undefined
      return timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(words))) ? { userId } : undefined
    },
    async isTrusted({ userId }) {
      try {
        await failures.check(userId)
        return true
      } catch (error) {
        if (error instanceof AppError && error.code === 'throttled') return false
        throw error
      }
    },
    failed: ({ userId }) => failures.count(userId),
  }
}
