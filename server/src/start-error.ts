/**
 * Why the program cannot start, as one sentence for the person who started it. `main.ts` prints the message alone and
 * exits 1; nothing has been changed in the database or the data folder.
 */
export class StartError extends Error {
  override name = 'StartError'
}
