import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { precompress } from './build/precompress.ts'
import { preloadFont } from './build/preload-font.ts'

/** Where the dev server finds the program. */
const server = process.env.CABILDO_SERVER ?? 'http://127.0.0.1:3000'

export default defineConfig({
  plugins: [react(), preloadFont(/-latin-wght-normal-[^/]*\.woff2$/), precompress()],
  // The server puts a new nonce in its place in every page it sends (server/src/http/client-files.ts).
  html: { cspNonce: 'CABILDO_NONCE' },
  resolve: {
    // Two copies of any of these break in silence: shared types that are not shared, plugins that do not meet.
    dedupe: ['react', 'react-dom', 'yjs', 'y-protocols', 'lib0', '@tiptap/pm', '@tiptap/core', '@tiptap/y-tiptap'],
  },
  build: {
    target: 'es2023',
    // Nothing inline: every asset is its own file with its hash in the name, kept by browsers for ever.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: fileURLToPath(new URL('index.html', import.meta.url)), sw: 'src/offline/worker.ts' },
      output: {
        // A service worker rules over the folder it comes from, under a name that never changes.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            // What changes only with its version stays in the reader's cache when our own code changes.
            { name: 'react', test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/, priority: 2 },
            {
              name: 'frame',
              test: /node_modules[\\/](?:@tanstack|i18next|react-i18next|html-parse-stringify)[\\/]/,
              priority: 1,
            },
            {
              name: 'document',
              test: /node_modules[\\/](?:yjs|lib0|y-protocols|y-websocket|prosemirror-[a-z-]+|orderedmap|rope-sequence|w3c-keyname|@tiptap[\\/](?:core|pm|react|y-tiptap))[\\/]/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': server,
      '/healthz': server,
      '/readyz': server,
      '/rooms': { target: server, ws: true },
    },
  },
})
