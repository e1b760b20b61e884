/**
 * What of whom this device keeps, told without opening any database: which local databases exist, how many edits in
 * each may be unknown to the server, and the last answers worth showing without a network. Lives in `localStorage`,
 * because it must be written at once, before the edit it tells of.
 */

/** Names one local database: what one user had of one document in one epoch of it. */
export interface LocalName {
  documentId: string
  userId: string
  epoch: number
}

/** A local database that exists, and the edits in it that no server was heard to take. */
export interface Held extends LocalName {
  pending: number
}

/** Part of the browser's `Storage` that is needed. */
export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** The name of the database in IndexedDB. */
export const databaseName = ({ documentId, userId, epoch }: LocalName): string =>
  `doc:${documentId}:user:${userId}:epoch:${epoch}`

const prefix = 'cabildo:'
const heldKey = (name: LocalName) => `${prefix}held:${databaseName(name)}`
const pendingKey = (name: LocalName, clientId: number) => `${prefix}pending:${databaseName(name)}:${clientId}`
/** What every remembered answer's name begins with; the user's id and its topic follow. */
export const rememberedPrefix = `${prefix}last:`
const lastKnownKey = (userId: string, topic: string) => `${rememberedPrefix}${userId}:${topic}`
const namePattern = /^cabildo:held:doc:([A-Za-z0-9_-]+):user:([A-Za-z0-9_-]+):epoch:(\d+)$/

/** The index over one storage. `storage` may be undefined (switched off by the browser): then nothing is known. */
export interface KeptIndex {
  /** Every local database of a user, or of one document of theirs. */
  held(userId: string, documentId?: string): Held[]
  /** How many edits of a user wait here, besides those that the pages with these client ids count themselves. */
  unsent(userId: string, besides: readonly number[]): number
  hold(name: LocalName): void
  release(name: LocalName): void
  /** The edits of each page that wrote into a database, as they stand now. Give it back to `settle` later. */
  pending(name: LocalName): ReadonlyMap<string, string>
  /** Sets how many edits of this page the server is not known to have. */
  setPending(name: LocalName, clientId: number, edits: number): void
  /** Forgets the counts in `known` that no other page has changed since they were read. */
  settle(known: ReadonlyMap<string, string>): void
  /** Keeps an answer to show when there is no network, and gives it back. */
  remember(userId: string, topic: string, value: unknown): void
  lastKnown(userId: string, topic: string): unknown
  forget(userId: string): void
}

/** How many edits a list of counts stands for. */
export const sumOf = (counts: ReadonlyMap<string, string>): number =>
  [...counts.values()].reduce((sum, count) => sum + (Number.parseInt(count, 10) || 0), 0)

/** Reads and writes the index. Every failure of the storage is the same as an empty one. */
export function createKeptIndex(storage: KeyValue | undefined, now: () => number): KeptIndex {
  const keys = (start: string): string[] => {
    const found: string[] = []
    for (let at = 0; at < (storage?.length ?? 0); at++) {
      const key = storage?.key(at)
      if (key?.startsWith(start)) found.push(key)
    }
    return found
  }
  const write = (key: string, value: string) => {
    try {
      storage?.setItem(key, value)
    } catch {
      // Full or switched off. The text itself is in IndexedDB; only its count would be missing.
    }
  }
  const pending = (name: LocalName) =>
    new Map(keys(`${prefix}pending:${databaseName(name)}:`).map((key) => [key, storage?.getItem(key) ?? '']))

  const held = (userId: string, documentId?: string): Held[] =>
    keys(`${prefix}held:`).flatMap((key) => {
      const [, ofDocument, ofUser, epoch] = namePattern.exec(key) ?? []
      if (!ofDocument || ofUser !== userId || (documentId && ofDocument !== documentId)) return []
      const name = { documentId: ofDocument, userId, epoch: Number(epoch) }
      return [{ ...name, pending: sumOf(pending(name)) }]
    })

  return {
    pending,
    held,
    unsent(userId, besides) {
      const isOthers = ([key]: [string, string]) => !besides.some((clientId) => key.endsWith(`:${clientId}`))
      return held(userId).reduce((sum, name) => sum + sumOf(new Map([...pending(name)].filter(isOthers))), 0)
    },
    hold: (name) => write(heldKey(name), new Date(now()).toISOString()),
    release(name) {
      for (const key of pending(name).keys()) storage?.removeItem(key)
      storage?.removeItem(heldKey(name))
    },
    setPending(name, clientId, edits) {
      // The time makes every count different from the one before, so that `settle` sees a change.
      if (edits > 0) write(pendingKey(name, clientId), `${edits} ${now()}`)
      else storage?.removeItem(pendingKey(name, clientId))
    },
    settle(known) {
      for (const [key, value] of known) if (storage?.getItem(key) === value) storage.removeItem(key)
    },
    remember: (userId, topic, value) => write(lastKnownKey(userId, topic), JSON.stringify(value)),
    lastKnown(userId, topic) {
      try {
        return JSON.parse(storage?.getItem(lastKnownKey(userId, topic)) ?? 'null') ?? undefined
      } catch {
        return undefined
      }
    },
    forget(userId) {
      for (const key of keys(`${rememberedPrefix}${userId}:`)) storage?.removeItem(key)
    },
  }
}

/** The browser's own storage, or undefined where it is switched off. */
export function browserStorage(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}
