import { browserStorage, type KeyValue, rememberedPrefix } from '../../sync/kept-index.ts'

/**
 * Says whether this device knows a verifier key from a plan that it remembers, whoever opened it: a receipt or a proof
 * brings its own key, and anybody can make both. Nothing is asked of anybody.
 */
export function isKnownKey(key: string, storage: KeyValue | undefined = browserStorage()): boolean {
  for (let at = 0; at < (storage?.length ?? 0); at++) {
    const name = storage?.key(at) ?? ''
    const isPlan = name.startsWith(rememberedPrefix) && name.slice(rememberedPrefix.length).split(':')[1] === 'plan'
    if (isPlan && keyOf(storage?.getItem(name)) === key) return true
  }
  return false
}

function keyOf(plan: string | null | undefined): unknown {
  try {
    return (JSON.parse(plan ?? 'null') as { recordKey?: unknown } | null)?.recordKey
  } catch {
    return undefined
  }
}
