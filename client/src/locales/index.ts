/**
 * The words of the screens. One namespace per feature, one JSON file per namespace and language.
 *
 * To add a namespace (say `versions`):
 *   1. write `es/versions.json` and `en/versions.json` with the same keys (nested objects are fine, plurals as
 *      `count_one`, `count_other`);
 *   2. add one line to `Catalogues` in `catalogues.ts`;
 *   3. read it with `const { t } = useTranslation('versions')` from react-i18next and `t('panel.title', { name })`.
 * A namespace that only some pages speak goes into `late.ts`, `es.ts` and `en.ts` too, and its pages are loaded by
 * `withWords`. Both languages are found by a glob; only the language in use is loaded. `locales.test.ts` fails when a key stands in
 * one language alone, or when nothing in `src` names it.
 */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { isLanguage, type Language } from '../lib/language.ts'
import type { Words } from './catalogues.ts'
import { loadWantedWords } from './late.ts'

/** Where the reader's choice is remembered on this device. */
const storageKey = 'cabildo-language'

const loaders: Record<Language, () => Promise<{ catalogue: Words }>> = {
  es: () => import('./es.ts'),
  en: () => import('./en.ts'),
}

/** The language chosen on this device, else Spanish. */
export function rememberedLanguage(storage: Pick<Storage, 'getItem'> | undefined = safeStorage()): Language {
  const stored = storage?.getItem(storageKey)
  return isLanguage(stored) ? stored : 'es'
}

/** Starts i18next in one language; resolves when its words are loaded. Called once, by `main.tsx`. */
export async function startLanguage(language: Language): Promise<void> {
  const { catalogue } = await loaders[language]()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'common',
    resources: { [language]: catalogue },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  document.documentElement.lang = language
}

/** Changes the language of every screen, loading its words first, and remembers it on this device. */
export async function changeLanguage(language: Language): Promise<void> {
  const [{ catalogue }] = await Promise.all([loaders[language](), loadWantedWords(language)])
  for (const [namespace, words] of Object.entries(catalogue)) i18next.addResourceBundle(language, namespace, words)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  safeStorage()?.setItem(storageKey, language)
}

/** Storage may be switched off by the browser's settings; then nothing is remembered. */
function safeStorage(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}
