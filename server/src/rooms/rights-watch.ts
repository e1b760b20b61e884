import type { Access, AccessQuery, AccessReader, Clock } from './ports.ts'

/** Somebody's connection in a room, and what is asked about its rights. */
export interface Present<Home> {
  home: Home
  connection: string
  query: AccessQuery
}

interface RightsWatchOptions<Home> {
  access: AccessReader
  clock: Pick<Clock, 'now'>
  /** Everybody who is in a room now. */
  present(): Iterable<Present<Home>>
  /** What was read, connection by connection; then `done` once. */
  tell(home: Home, connection: string, access: Access): void
  done(): void
  logger: { warn(data: object, message: string): void }
}

/** Reads the rights of everybody who is in a room again. */
export interface RightsWatch {
  /** Begins a look; while one is under way, one more follows it. */
  look(): void
  /** Whether the last look began at least `every` milliseconds of the clock ago. */
  isDue(every: number): boolean
}

/**
 * Makes the watch of one node. One look at a time, which asks about each session in each document once, however many windows
 * it has.
 */
export function createRightsWatch<Home>(options: RightsWatchOptions<Home>): RightsWatch {
  const { access, clock, present, tell, done, logger } = options
  let looking = false
  let again = false
  let lastLook = clock.now()

  const look = async (): Promise<void> => {
    if (looking) {
      // Something changed while we were reading: what we read may be older than that.
      again = true
      return
    }
    looking = true
    again = false
    lastLook = clock.now()
    try {
      const here = [...present()]
      if (here.length === 0) return
      const queries = new Map(here.map(({ query }) => [keyOf(query), query]))
      const answers = await access.checkMany([...queries.values()])
      const byKey = new Map([...queries.keys()].map((key, at) => [key, answers[at]]))
      for (const { home, connection, query } of here) {
        const read = byKey.get(keyOf(query))
        if (read) tell(home, connection, read)
      }
      done()
    } catch (error) {
      // Rights are read again with every commit; a failed look changes nothing and is tried again.
      logger.warn({ error }, 'could not read rights')
    } finally {
      looking = false
      if (again) void look()
    }
  }

  return {
    look: () => void look(),
    isDue: (every) => clock.now() - lastLook >= every,
  }
}

const keyOf = ({ userId, sessionId, documentId, behalfId }: AccessQuery) =>
  `${userId} ${sessionId} ${documentId} ${behalfId ?? ''}`
