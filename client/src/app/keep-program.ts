/**
 * Lets this device open the program without a network, from the next visit on. Costs nothing to who cannot: without
 * service workers, or outside a secure address, pages work as before.
 */
export async function keepProgram(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register('/sw.js')
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage(performance.getEntriesByType('resource').map(({ name }) => name))
  } catch {
    // Private windows and strict settings refuse; there is nothing to tell anybody.
  }
}
