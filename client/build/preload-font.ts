import type { Plugin } from 'vite'

/**
 * Lets the page ask for the font of its reading text at once, instead of after its style sheet. `pattern` must match
 * exactly one file of the build, so that a renamed font is noticed here and not by readers.
 */
export function preloadFont(pattern: RegExp): Plugin {
  return {
    name: 'cabildo:preload-font',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const fonts = Object.keys(bundle ?? {}).filter((name) => pattern.test(name))
        if (fonts.length !== 1) throw new Error(`expected one font like ${pattern}, found ${fonts.length}`)
        return [
          {
            tag: 'link',
            attrs: { rel: 'preload', href: `/${fonts[0]}`, as: 'font', type: 'font/woff2', crossorigin: true },
            injectTo: 'head',
          },
        ]
      },
    },
  }
}
