/** The address at which anybody reads a plan: a page that the server makes. `language`: `en`, or Spanish. */
export const publicPage = (slug: string, language: string): string => `${language === 'en' ? '/en' : ''}/p/${slug}`
