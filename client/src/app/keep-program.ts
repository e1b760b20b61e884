/**
 * Lets this device open the program without a network, from the next visit on. Costs nothing to who cannot: without
 * service workers, or outside a secure address, pages work as before.
 */
export async function keepProgram(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register('/sw.js')
    const { active } = await navigator.serviceWorker.ready
    // What was on its way when the worker took over is told when it has come: nobody else would keep it.
    const tell = (entries: PerformanceEntryList) => {
      const files = entries.map(({ name }) => name).filter((name) => name.includes('/assets/'))
      if (files.length > 0) active?.postMessage(files)
    }
    new PerformanceObserver((list) => tell(list.getEntries())).observe({ type: 'resource', buffered: true })
  } catch {
    // Private windows and strict settings refuse; there is nothing to tell anybody.
  }
}
