import { AppError } from '@cabildo/protocol/errors'

/** How many files are read at once, of everybody and of one account: each may take three times its size for a moment. */
const usual = { all: 6, account: 2 }

/** Bounds how many bodies with a file are read at once. */
export interface Uploads {
  /** Runs `read`, or throws `unavailable` at once, before anything is read, when too many are being read. */
  take<Result>(userId: string, read: () => Promise<Result>): Promise<Result>
}

/** Uploads of this process. */
export function createUploads(most = usual): Uploads {
  const reading = new Map<string, number>()
  let all = 0
  return {
    async take(userId, read) {
      const own = reading.get(userId) ?? 0
      if (all >= most.all || own >= most.account)
        throw new AppError('unavailable', { detail: 'Too many files are being sent.', retryAfter: 5 })
      reading.set(userId, own + 1)
      all += 1
      try {
        return await read()
      } finally {
        all -= 1
        const left = (reading.get(userId) ?? 1) - 1
        if (left === 0) reading.delete(userId)
        else reading.set(userId, left)
      }
    },
  }
}
