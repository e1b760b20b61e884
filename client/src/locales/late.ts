import i18next, { type ResourceKey } from 'i18next'
import { isLanguage, type Language } from '../lib/language.ts'

/** Namespaces that come with the pages that speak them, so that the first load stays small. The globs name the same. */
const files = import.meta.glob<ResourceKey>(
  [
    './*/account.json',
    './*/attachments.json',
    './*/authorship.json',
    './*/behalf.json',
    './*/comparing.json',
    './*/endorsements.json',
    './*/exports.json',
    './*/facts.json',
    './*/meetings.json',
    './*/news.json',
    './*/origins.json',
    './*/inputs.json',
    './*/people.json',
    './*/planText.json',
    './*/plans.json',
    './*/progress.json',
    './*/record.json',
    './*/search.json',
    './*/session.json',
    './*/versions.json',
    './*/witnesses.json',
    './*/workshops.json',
    './*/writing.json',
  ],
  { import: 'default' },
)

/** Those of what stands beside a text, by language, each as one file. */
const beside = import.meta.glob<Readonly<Record<string, ResourceKey>>>('./beside-*.ts', { import: 'words' })

/** The name of such a namespace. */
export type LateNamespace =
  | 'account'
  | 'attachments'
  | 'approvals'
  | 'authorship'
  | 'behalf'
  | 'comparing'
  | 'dissent'
  | 'drafts'
  | 'endorsements'
  | 'exports'
  | 'facts'
  | 'imports'
  | 'meetings'
  | 'news'
  | 'origins'
  | 'inputs'
  | 'people'
  | 'planText'
  | 'plans'
  | 'progress'
  | 'proposals'
  | 'receipts'
  | 'record'
  | 'search'
  | 'session'
  | 'threads'
  | 'versions'
  | 'witnesses'
  | 'workshops'
  | 'writing'

const wanted = new Set<LateNamespace>()

/** Fetches the words of these namespaces in one language, and remembers that this page speaks them. */
async function loadWords(
  namespaces: readonly LateNamespace[],
  language: Language | string = i18next.language,
): Promise<void> {
  const missing = namespaces.filter((namespace) => !i18next.hasResourceBundle(language, namespace))
  for (const namespace of namespaces) wanted.add(namespace)
  if (!isLanguage(language)) return
  await Promise.all(
    missing.map(async (namespace) => {
      const path = `./${language}/${namespace}.json`
      const words = await (files[path]?.() ?? beside[`./beside-${language}.ts`]?.().then((all) => all[path]))
      if (words === undefined) throw new Error(`no file has the words ${path}`)
      i18next.addResourceBundle(language, namespace, words)
    }),
  )
}

/** The same for every namespace that was asked for so far: before the language changes. */
export const loadWantedWords = (language: Language): Promise<void> => loadWords([...wanted], language)

/** A module together with its words: `lazy(withWords(['workshops'], () => import('./pages/workshop.tsx')))`. */
export function withWords<Module>(namespaces: readonly LateNamespace[], load: () => Promise<Module>) {
  return async (): Promise<Module> => {
    const [module] = await Promise.all([load(), loadWords(namespaces)])
    return module
  }
}
