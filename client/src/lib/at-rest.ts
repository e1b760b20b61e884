/** Work that is done once those who ask for it rest. */
export interface AtRest {
  /** Asks for it. Sets no clock anew: at every key that would cost more than the rest of the asking. */
  ask(): void
  /** Calls off what was asked for. */
  cancel(): void
}

/** `calm`: how long nobody may have asked; `atLast`: how long it is put off when they never rest. Milliseconds. */
export function createAtRest(act: () => void, { calm, atLast }: { calm: number; atLast: number }): AtRest {
  let asked: { timer: ReturnType<typeof setTimeout>; since: number; last: number } | undefined
  const look = () => {
    if (!asked) return
    const left = Math.min(asked.last + calm, asked.since + atLast) - performance.now()
    if (left > 0) {
      asked.timer = setTimeout(look, Math.ceil(left))
      return
    }
    asked = undefined
    act()
  }
  return {
    ask() {
      const now = performance.now()
      if (asked) asked.last = now
      else asked = { timer: setTimeout(look, calm), since: now, last: now }
    },
    cancel() {
      clearTimeout(asked?.timer)
      asked = undefined
    },
  }
}
