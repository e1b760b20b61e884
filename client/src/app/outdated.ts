const mark = 'cabildo-reloaded-at'
/** A second failure within this time is no old page but a broken network: then the error is shown. Milliseconds. */
const patience = 30_000

/**
 * After an update of the program an open page may ask for parts that are no longer there. It is then loaded again, once:
 * edits are safe, they are kept on the device before they are sent.
 */
export function reloadOnceWhenOutdated(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(mark))
    if (!navigator.onLine || Date.now() - last < patience) return
    event.preventDefault()
    sessionStorage.setItem(mark, String(Date.now()))
    window.location.reload()
  })
}
