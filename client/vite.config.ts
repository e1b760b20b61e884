import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { dropMarkdown } from './build/drop-markdown.ts'
import { knownWarnings } from './build/known-warnings.ts'
import { precompress } from './build/precompress.ts'
import { readingFont } from './build/reading-font.ts'

/** Where the dev server finds the program. */
const server = process.env.CABILDO_SERVER ?? 'http://127.0.0.1:3000'

const atkinson = fileURLToPath(
  import.meta.resolve(
    '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
  ),
)

export default defineConfig({
  plugins: [
    react(),
    dropMarkdown(),
    knownWarnings(),
    // Slanted words are few: the browser slants the upright letters, and nobody fetches a second file.
    readingFont(atkinson, {
      name: 'atkinson',
      alias: '~font',
      cut: {
        // Letters and signs of Spanish and English texts, with the accents of the languages around; any other letter is the
        // system's own, and nobody on a slow line waits for it. base.css repeats the ranges.
        ranges: [
          [0x20, 0x7e],
          [0xa0, 0xa1],
          [0xa9, 0xab],
          [0xb0, 0xb0],
          [0xb7, 0xb7],
          [0xba, 0xbb],
          [0xbf, 0xc4],
          [0xc7, 0xcf],
          [0xd1, 0xd7],
          [0xd9, 0xdc],
          [0xe0, 0xe4],
          [0xe7, 0xef],
          [0xf1, 0xf6],
          [0xf9, 0xfc],
          [0x2013, 0x2014],
          [0x2018, 0x2019],
          [0x201c, 0x201d],
          [0x2022, 0x2022],
          [0x2026, 0x2026],
          [0x20ac, 0x20ac],
          [0x2190, 0x2193],
          [0x2212, 0x2212],
        ],
        weights: { min: 400, max: 700 },
      },
    }),
    precompress(),
  ],
  resolve: {
    alias: {
      linkifyjs: fileURLToPath(new URL('src/lib/find-links.ts', import.meta.url)),
      // Yjs warns in the form that it has outside of browsers: coloured warnings would bring all of `lib0/dom` again.
      'lib0/logging': fileURLToPath(new URL('../node_modules/lib0/logging.node.js', import.meta.url)),
      'lib0/dom': fileURLToPath(new URL('src/lib/page-document.ts', import.meta.url)),
    },
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
    // Two files are large, and meant to be: the editor, which is cached for long, and the verifier, which few fetch. What
    // a first visit weighs is checked on its own (scripts/size.mjs, e2e/first-load.e2e.ts). Kilobytes.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: { index: fileURLToPath(new URL('index.html', import.meta.url)), sw: 'src/offline/worker.ts' },
      output: {
        // A service worker rules over the folder it comes from, under a name that never changes.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          // Few files: on a slow line every further one costs as much as a kilobyte.
          groups: [
            // What changes only with its version stays in the reader's cache when our own code changes.
            {
              name: 'react',
              test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/,
              priority: 5,
            },
            // What every page stands on, and what is too small to be asked for by itself. A group brings along all that its
            // modules import: none of these may import the editor.
            {
              name: 'frame',
              test: /node_modules[\\/](?:@tanstack[\\/](?!.*(?:nfinite|useBlocker|useMutationState|devtools))|i18next|react-i18next|use-sync-external-store|clsx|@mantine[\\/](?!.*(?:PasswordInput|Select|Combobox|Popover|ScrollArea|Scroller|Floating|Portal|FocusTrap|Pill|CloseButton|Overlay|CheckIcon|find-element|close-on-escape|single-element-child|is-element|get-ref-prop|default-z-index|create-event-handler|FileButton|use-(?:long-press|focus-trap|focus-return|click-outside|debounced-callback|did-update|previous|local-storage|clipboard|debounced-value))))|packages[\\/]protocol[\\/](?!.*(?:crockford|-code|consent|lifecycle))|client[\\/]src[\\/](?:ui[\\/](?!late|side-panel)|lib[\\/](?!passkeys|authorship-query|remembered|use-unsent|size-words|fetch-file|membership-words|standing-query|text-address|use-stretch)|app[\\/](?!pages|open-text|document-tools)|sync[\\/](?:kept-index|open-documents)|features[\\/](?:session|plans)[\\/](?:api|model|add-commitment\.module)|features[\\/](?:(?:drafts|versions)[\\/]search|threads[\\/]known|proposals[\\/]api))/,
              priority: 4,
            },
            // Parts that no page needs at first: one file for all of them.
            {
              name: 'later',
              test: /@mantine[\\/].*(?:FileButton|use-(?:local-storage|clipboard|debounced-value))|client[\\/]src[\\/](?:ui[\\/]late[\\/](?!qr-code|printed|password-field)|lib[\\/](?:size-words|membership-words|standing-query|text-address|use-stretch)|app[\\/]pages[\\/](?:of-plan|under-plan)|features[\\/](?:meetings[\\/]by-group|progress[\\/]said-fields|inputs[\\/](?:api|inputs\.module)|news[\\/](?:api|model)|record[\\/](?:api|disagreement)))/,
              minShareCount: 2,
              priority: 2,
            },
            // What the pages with an editor share: the editor, and what is around it. In one file it packs better than in two.
            {
              name: 'writing',
              test: /client[\\/]src[\\/](?:app[\\/](?:open-text|document-tools)|reading[\\/](?:prose|facts-model)|sync[\\/](?!anchors)|features[\\/](?:editor[\\/](?!guidance)|facts|milestones))|packages[\\/]schema[\\/]src[\\/](?!content|canonical|diff|myers|html|hunks|text|templates[\\/](?:ogp-plan|meeting-minutes|templates|labels))|node_modules[\\/](?:yjs|lib0|y-[a-z]+|prosemirror-[a-z-]+|orderedmap|rope-sequence|w3c-keyname|@tiptap)[\\/]/,
              minShareCount: 2,
              priority: 3,
            },
            // What differs between two texts, and putting it into one: read by all who show proposals, versions or drafts.
            {
              name: 'changes',
              test: /packages[\\/]schema[\\/]src[\\/](?:content|canonical|diff|hunks|myers|text)/,
              minShareCount: 2,
              priority: 2,
            },
            // Of what is shared below, who signs in needs this alone.
            { name: 'passkeys', test: /client[\\/]src[\\/]lib[\\/]passkeys/, priority: 2 },
            // What `app/pages/text-parts.ts` shares with other pages. None of it may bring along the editor.
            {
              name: 'shared',
              test: /@mantine[\\/].*NativeSelect|@tanstack[\\/].*(?:useInfiniteQuery|infiniteQueryObserver)|client[\\/]src[\\/](?:lib[\\/]use-unsent|ui[\\/]side-panel|features[\\/](?:approvals[\\/](?!approval|decision|plan-bar|standing-bar)|dissent[\\/](?:api|model|reserved-note|dissent\.module)|drafts[\\/](?:api|model)|imports[\\/]imports\.module|proposals[\\/](?:shown|proposals\.module)|receipts[\\/](?:api|model|receipts\.module)|threads[\\/](?:api|kinds|model)))/,
              minShareCount: 2,
              priority: 1,
            },
            // Before those that would bring along the icons that they share with others.
            { name: 'icons', test: /@tabler/, minShareCount: 2, priority: 4 },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': server,
      '/en': server,
      '/healthz': server,
      '/p': server,
      '/readyz': server,
      '/rooms': { target: server, ws: true },
    },
  },
})
