import type { Plugin } from 'vite'

/** Modules that a page fetches when it needs them, though other pages have them already: not everybody has been there. */
const fetchedLate = /(?:schema\/src\/text|sync\/offline)\.ts is dynamically imported by/

/**
 * Leaves out the warnings of a build that are known and meant, which told somebody who only starts the program that
 * something might be wrong. Every other warning is shown.
 */
export function knownWarnings(): Plugin {
  return {
    name: 'cabildo:known-warnings',
    configResolved({ logger }) {
      const warnOnce = logger.warnOnce.bind(logger)
      logger.warnOnce = (message, options) => {
        // Mantine's preset reads its own mixins without saying where from; they name no files.
        if (!message.includes('A PostCSS plugin did not pass the `from` option')) warnOnce(message, options)
      }
    },
    onLog(_level, { code, message }) {
      return code === 'INEFFECTIVE_DYNAMIC_IMPORT' && fetchedLate.test(message) ? false : null
    },
  }
}
