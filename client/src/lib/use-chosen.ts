import { useState } from 'react'

/**
 * A choice that is kept as soon as it is made: shown from the press on, and once it is kept or refused what is `known`. A
 * request is under way a moment after the press only, in which the choice before would come back under the finger. `keep`
 * keeps a choice and calls `settled` when that is over.
 */
export function useChosen<Value>(
  known: Value,
  keep: (value: Value, settled: () => void) => void,
): [shown: Value, choose: (value: Value) => void] {
  const [chosen, setChosen] = useState<{ value: Value }>()
  const choose = (value: Value) => {
    const choice = { value }
    setChosen(choice)
    // One that was made meanwhile stays.
    keep(value, () => setChosen((now) => (now === choice ? undefined : now)))
  }
  return [chosen ? chosen.value : known, choose]
}
