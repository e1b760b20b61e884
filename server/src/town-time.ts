/** Where the plans are made: their days are those of this zone, whatever the machine's clock is set to. */
export const townZone = 'America/Panama'

const inTown = new Intl.DateTimeFormat('en-CA', {
  ...{
    timeZone: townZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  },
})

/** The day (`2026-03-28`) and the hour that it is in the town. */
export function townTime(now: Date): { day: string; hour: number } {
  const part = Object.fromEntries(inTown.formatToParts(now).map(({ type, value }) => [type, value]))
  return { day: `${part.year}-${part.month}-${part.day}`, hour: Number(part.hour) }
}

/** The day of a moment, `2026-03-28`, as it is in the town. */
export const townDay = (at: Date | string): string => townTime(new Date(at)).day
