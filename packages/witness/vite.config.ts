import { defineConfig } from 'vite'

/**
 * The witness as one file without dependencies, for any Node from 20 on. It is not minified, so that whoever runs it can
 * read it, and the same sources give the same bytes.
 */
export default defineConfig({
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: {
    ssr: 'src/witness-command.ts',
    target: 'node20',
    minify: false,
    rolldownOptions: {
      output: { entryFileNames: 'witness.mjs', format: 'es', codeSplitting: false, banner: '#!/usr/bin/env node' },
    },
  },
})
