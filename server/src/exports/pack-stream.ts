/** Sends what is made piece by piece, for as long as somebody takes it. */

/** Milliseconds for which nobody may take anything, and in which all of it must be taken. */
export interface PackLimits {
  stall: number
  whole: number
}

const usual: PackLimits = { stall: 120_000, whole: 1_800_000 }

/** What hears of how the sending went. */
export interface PackEars {
  /** All parts were made. */
  onEnd(): void
  /** Any end, once: after it nothing more is made. */
  end(): void
}

/**
 * Parts as they are asked for: whoever reads slowly holds up nothing but their own file. Whoever stops reading, or is not through
 * in time, is given up: the stream fails, and the parts are returned.
 */
export function streamOf(
  parts: AsyncGenerator<Uint8Array>,
  { onEnd, end }: PackEars,
  { stall, whole }: PackLimits = usual,
): ReadableStream<Uint8Array> {
  let isOver = false
  let patience: NodeJS.Timeout | undefined
  let deadline: NodeJS.Timeout | undefined
  const finish = () => {
    clearTimeout(patience)
    clearTimeout(deadline)
    if (isOver) return
    isOver = true
    end()
  }
  return new ReadableStream<Uint8Array>({
    start(controller) {
      deadline = setTimeout(() => giveUp(controller, 'it takes too long'), whole).unref()
    },
    async pull(controller) {
      clearTimeout(patience)
      try {
        const { done, value } = await parts.next()
        if (isOver) return
        if (!done) {
          // Before it is handed on: whoever waits for it asks for the next one at once.
          patience = setTimeout(() => giveUp(controller, 'nobody reads it'), stall).unref()
          return controller.enqueue(value)
        }
        onEnd()
        finish()
        controller.close()
      } catch (error) {
        finish()
        throw error
      }
    },
    async cancel() {
      finish()
      await parts.return(undefined)
    },
  })

  function giveUp(controller: ReadableStreamDefaultController<Uint8Array>, why: string): void {
    finish()
    controller.error(new Error(why))
    // What is being made goes first; that it fails is of no more interest.
    parts.return(undefined).catch(() => undefined)
  }
}
