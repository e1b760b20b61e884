/**
 * Tells the harness where a server listens, and lets it ask for a garbage collection. Ends the process when the harness
 * is gone, so that a run cut short leaves no servers behind.
 */
export function announce(port: number): void {
  console.log(`listening on ${port}`)
  process.on('SIGUSR2', () => {
    globalThis.gc?.()
    // Twice: what the first run found to be finalised, the second frees.
    globalThis.gc?.()
    console.log('collected')
  })
  process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL')).resume()
}

/** What the harness has set for this server. Throws when it has not. */
export function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: the harness starts this program`)
  return value
}
