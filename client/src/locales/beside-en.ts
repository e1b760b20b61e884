import type { ResourceKey } from 'i18next'

/** The words of `app/pages/text-parts.ts`, by namespace: one file, since they are wanted together. late.ts names the same. */
export const words: Readonly<Record<string, ResourceKey>> = import.meta.glob<ResourceKey>(
  [
    './en/approvals.json',
    './en/dissent.json',
    './en/drafts.json',
    './en/imports.json',
    './en/proposals.json',
    './en/receipts.json',
    './en/threads.json',
  ],
  { eager: true, import: 'default' },
)
