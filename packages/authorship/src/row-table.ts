/** A stretch of clocks that came evenly: `step` rows from each clock to the next, all by one author and one sender. */
export interface RowStretch {
  clock: number
  length: number
  seq: number
  step: number
  /** Numbers of people. */
  author: number
  sender: number
}

/** Which row brought each clock of a client, and who wrote and sent it. Typing takes one entry however long it goes on. */
export class RowTable {
  readonly stretches: RowStretch[] = []

  /** Says who brought the next `length` clocks. */
  add(clock: number, length: number, seq: number, author: number, sender: number): void {
    const last = this.stretches.at(-1)
    if (last && last.author === author && last.sender === sender && last.clock + last.length === clock) {
      const since = seq - last.seq
      if (length === 1 && last.length === 1) last.step = since
      if ((length === 1 && since === last.step * last.length) || (since === 0 && last.step === 0)) {
        last.length += length
        return
      }
      if (last.length === 1) last.step = 0
    }
    this.stretches.push({ clock, length, seq, step: 0, author, sender })
  }

  /** The stretch that has this clock. The clock must have been added. */
  find(clock: number): RowStretch {
    const { stretches } = this
    let low = 0
    let high = stretches.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((stretches[middle] as RowStretch).clock <= clock) low = middle
      else high = middle - 1
    }
    return stretches[low] as RowStretch
  }
}

/** The row that brought this clock. */
export const seqOf = (stretch: RowStretch, clock: number): number =>
  stretch.seq + (clock - stretch.clock) * stretch.step
