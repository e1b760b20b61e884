/** Says whether both days are set and the end comes before the beginning. Days are `YYYY-MM-DD`. */
export const isDueBeforeStart = (start: unknown, due: unknown): boolean =>
  typeof start === 'string' && typeof due === 'string' && start !== '' && due !== '' && due < start
