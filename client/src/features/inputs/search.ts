import { InputOutcomes, InputStates, SoughtChannels } from './words.ts'

/** Which inputs are listed, as the address keeps it. */
export interface InputsSearch {
  state?: (typeof InputStates)[number] | undefined
  outcome?: (typeof InputOutcomes)[number] | undefined
  channel?: (typeof SoughtChannels)[number] | undefined
  /** Number of a commitment. */
  commitment?: number | undefined
  /** Those alone that the reader brought or typed. */
  mine?: true | undefined
}

const oneOf = <Word extends string>(words: readonly Word[], value: unknown): Word | undefined =>
  words.find((word) => word === value)

/** Reads a search that anyone may have typed; what is not understood is left out. */
export function readInputsSearch(search: Record<string, unknown>): InputsSearch {
  const state = oneOf(InputStates, search.state)
  const outcome = oneOf(InputOutcomes, search.outcome)
  const channel = oneOf(SoughtChannels, search.channel)
  return {
    ...(state && { state }),
    ...(outcome && { outcome }),
    ...(channel && { channel }),
    ...(/^[1-9]\d{0,5}$/.test(String(search.commitment)) && { commitment: Number(search.commitment) }),
    ...(String(search.mine) === 'true' && { mine: true as const }),
  }
}
