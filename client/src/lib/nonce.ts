/**
 * The nonce with which this page may add style sheets while it runs; the server writes a new one into every page. Give
 * it to whatever writes a `<style>`: without it the browser refuses the sheet. `undefined` where no policy is set.
 */
export const styleNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined
