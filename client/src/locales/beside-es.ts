import type { ResourceKey } from 'i18next'

/** The words of `app/pages/text-parts.ts`, by namespace: one file, since they are wanted together. late.ts names the same. */
export const words: Readonly<Record<string, ResourceKey>> = import.meta.glob<ResourceKey>(
  [
    './es/approvals.json',
    './es/dissent.json',
    './es/drafts.json',
    './es/imports.json',
    './es/proposals.json',
    './es/receipts.json',
    './es/threads.json',
  ],
  { eager: true, import: 'default' },
)
