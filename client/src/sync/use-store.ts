import { useSyncExternalStore } from 'react'
import type { Store } from './store.ts'

/** The value of a store; the component is drawn again when it changes. */
export function useStore<Value>(store: Store<Value>): Value
/**
 * A part of the value, e.g. whether there is any; the component is drawn again when that part is another one by identity.
 * What changes at every key must be asked for by the part that is shown: a whole screen is not drawn for a count.
 */
export function useStore<Value, Part>(store: Store<Value>, part: (value: Value) => Part): Part
export function useStore<Value>(store: Store<Value>, part: (value: Value) => unknown = (value) => value): unknown {
  return useSyncExternalStore(store.subscribe, () => part(store.get()))
}
