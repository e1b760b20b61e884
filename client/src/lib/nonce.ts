/**
 * The nonce with which this page may add style sheets while it runs; the server writes a new one into every page. Give
 * it to whatever writes a `<style>`: without it the browser refuses the sheet. `undefined` where no policy is set. It does
 * not have Vite's name (`csp-nonce`), or Vite would put it on every script as well; see decision 20.
 */
export const styleNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[property="style-nonce"]')?.nonce || undefined
