import type { KeyValue } from '../sync/kept-index.ts'

/** Where it is noted which guests wrote on this device in its workshop: ids alone, no names. */
const key = 'cabildo:guests'

/** A person as far as it matters here: `workshop` is null for an account, undefined while it is unknown. */
interface Somebody {
  id: string
  workshop?: { id: string } | null | undefined
}

/** The guests of a shared phone, whose texts it forgets when their workshop is over. */
export interface PastGuests {
  /** Somebody is active now. Another workshop, or an account, ends the workshop before on this device. */
  note(user: Somebody): void
  /** Forgets everybody noted. */
  end(): void
}

/** Notes guests in `storage`. `forget` gets each of them once; what was not sent is its to keep. */
export function createPastGuests(storage: KeyValue | undefined, forget: (userId: string) => void): PastGuests {
  const write = (workshop: string, ids: readonly string[]) => {
    try {
      storage?.setItem(key, JSON.stringify({ workshop, ids }))
    } catch {
      // Full or switched off: then no texts are kept here either.
    }
  }
  const end = () => {
    const { ids } = read(storage)
    storage?.removeItem(key)
    for (const id of ids) forget(id)
  }
  return {
    end,
    note({ id, workshop }) {
      if (workshop === undefined) return
      if (workshop === null || read(storage).workshop !== workshop.id) end()
      if (workshop === null) return
      const { ids } = read(storage)
      if (!ids.includes(id)) write(workshop.id, [...ids, id])
    },
  }
}

function read(storage: KeyValue | undefined): { workshop: string | undefined; ids: readonly string[] } {
  try {
    const value: unknown = JSON.parse(storage?.getItem(key) ?? 'null')
    if (
      typeof value === 'object' &&
      value !== null &&
      'workshop' in value &&
      'ids' in value &&
      Array.isArray(value.ids)
    )
      return { workshop: String(value.workshop), ids: value.ids.map(String) }
  } catch {
    // Damaged is the same as none.
  }
  return { workshop: undefined, ids: [] }
}
