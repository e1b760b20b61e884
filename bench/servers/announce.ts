/**
 * Tells the harness where a server listens, and lets it ask for a garbage collection. Ends the process when the harness
 * is gone, so that a run cut short leaves no servers behind.
 */
export function announce(port: number): void {
  console.log(`listening on ${port}`)
  process.on('SIGUSR2', async () => {
    // The plain call keeps the pages it empties; this one gives them back to the system.
    await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' })
    const { heapUsed, external } = process.memoryUsage()
    console.log(`collected ${(heapUsed + external) / 1024}`)
  })
  process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL')).resume()
}

/** What the harness has set for this server. Throws when it has not. */
export function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: the harness starts this program`)
  return value
}
