/** A value somebody may watch; shaped for React's `useSyncExternalStore`. */
export interface Store<Value> {
  get(): Value
  /** Calls back after each change, never at once; answers how to stop. */
  subscribe(listener: () => void): () => void
}

/** A store and the only way to change it. */
export interface WritableStore<Value> extends Store<Value> {
  /** Watchers hear of it only when `same` says that the value is another one. */
  set(value: Value): void
}

/** Makes a store that starts with `value`. `same` defaults to identity. */
export function createStore<Value>(
  value: Value,
  same: (a: Value, b: Value) => boolean = Object.is,
): WritableStore<Value> {
  let current = value
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set(next) {
      if (same(current, next)) return
      current = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
