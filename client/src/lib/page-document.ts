/**
 * What y-tiptap uses of `lib0/dom`, in its place (vite.config.ts puts it there): the page's document. The library has a
 * builder of elements besides, and checks of them that bring a library of their own into the first load.
 */
export const doc: Document | Record<string, never> = typeof document === 'undefined' ? {} : document
