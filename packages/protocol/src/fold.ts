/**
 * A text as people search in it: small letters without marks, so that `Título`, `TITULO` and `título` written in two
 * characters are one. The ñ becomes an n, as on keyboards that have none; what counts every letter of a password keeps its
 * own way (`server/src/auth/password-rules.ts`). Never shown, and never stored in the place of a text.
 */
export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
