import type { Awareness } from 'y-protocols/awareness'
import type { OwnState } from '../../sync/after-drawing.ts'

/** The clients that a change of awareness is about. */
interface Changed {
  added: number[]
  updated: number[]
  removed: number[]
}

/** Carets are drawn at most this often: a room full of people moves more often than anybody can see. Milliseconds. */
const drawEvery = 100

/** What y-tiptap's caret plugin uses of an awareness. */
type Used = Pick<Awareness, 'getStates' | 'getLocalState' | 'setLocalStateField' | 'on' | 'off'>

/**
 * The awareness as the editor of one field should hear it: only of others, and only of those who are in this field or
 * have just left it. Otherwise every move of every caret would be drawn by every editor, a dozen times for nothing, and
 * one's own typing too. Who does not say where they are (another program) is heard by all. `own`: how one's own caret is told.
 */
export function fieldAwareness(
  awareness: Awareness,
  field: string,
  own: OwnState = awareness,
  later: (draw: () => void) => void = (draw) => setTimeout(draw, drawEvery),
): Awareness {
  const isIn = (state: Record<string, unknown> | undefined) =>
    state !== undefined && (state.field === field || state.field === undefined)
  /** Who was in the field when it was last looked at: an editor is made later than people come. */
  const here = new Set<number>()
  for (const [client, state] of awareness.getStates()) if (isIn(state)) here.add(client)
  const listeners = new Map<unknown, (changed: Changed, origin: unknown) => void>()

  const concerns = (client: number): boolean => {
    if (client === awareness.clientID) return false
    const isHere = isIn(awareness.getStates().get(client))
    const wasHere = here.has(client)
    if (isHere) here.add(client)
    else here.delete(client)
    return isHere || wasHere
  }

  // Typed by event name upstream; carets listen to `change` alone.
  const on = (name: string, listener: (changed: Changed, origin: unknown) => void) => {
    let waiting = false
    const heard = (changed: Changed, origin: unknown) => {
      // All of them are looked at, so that each is remembered.
      const about = [...changed.added, ...changed.updated, ...changed.removed].filter(concerns)
      if (about.length === 0 || waiting) return
      waiting = true
      later(() => {
        waiting = false
        if (listeners.get(listener) === heard) listener(changed, origin)
      })
    }
    listeners.set(listener, heard)
    awareness.on(name as 'change', heard)
  }
  const off = (name: string, listener: unknown) => {
    const heard = listeners.get(listener)
    listeners.delete(listener)
    if (heard) awareness.off(name as 'change', heard)
  }
  const used: Used = {
    getStates: () => awareness.getStates(),
    getLocalState: () => own.getLocalState(),
    setLocalStateField(key, value) {
      // Every editor takes back its caret when it comes and when it goes. Where there is none, that is no news, and would
      // be told to everybody once for each field.
      const isThere = (own.getLocalState()?.[key] ?? null) !== null
      if (value !== null || isThere) own.setLocalStateField(key, value)
    },
    on: on as Awareness['on'],
    off: off as Awareness['off'],
  }
  // y-tiptap asks for the class and uses no more than this of it.
  return used as Awareness
}
