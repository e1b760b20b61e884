/**
 * Answers as `work` does, or throws an error that names `what` did not come in so many milliseconds. The work itself goes
 * on: whoever gives up must end what it stands on.
 */
export async function within<Result>(milliseconds: number, what: string, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new Error(`${what}: nothing came within ${milliseconds / 1000} s`)),
    milliseconds,
  )
  // A failure after we have given up is nobody's any more.
  work.catch(() => undefined)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
