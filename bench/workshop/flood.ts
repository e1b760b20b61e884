import { setTimeout as pause } from 'node:timers/promises'
import { createCaller } from './caller.ts'

/** Sign-ins that go on and on, none of them right. */
export interface Flood {
  /** Ends it, and answers how many were answered with which status, and how many a second. */
  stop(): Promise<{ statuses: Record<number, number>; perSecond: number }>
}

/** The most that wait for an answer: a server that answers nobody is not asked without end. */
const mostWaiting = 1000

/** It ends by itself after so many milliseconds, whatever became of whoever began it. */
const longest = 60_000

/** Begins to sign in so many times a second with wrong passwords, each time as somebody else from somewhere else. */
export function beginFlood(port: number, perSecond: number): Flood {
  const caller = createCaller(port, mostWaiting)
  const statuses: Record<number, number> = {}
  const begun = performance.now()
  let waiting = 0
  let sent = 0
  let over = false

  const one = async (number: number): Promise<void> => {
    waiting += 1
    const from = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
    const body = { email: `nobody-${number}@bench.test`, password: `wrong password ${number}` }
    const status = await caller.ask('POST', '/api/session', { body, from }).then(
      (answer) => answer.status,
      () => 0,
    )
    waiting -= 1
    statuses[status] = (statuses[status] ?? 0) + 1
  }
  const running = (async () => {
    while (!over && performance.now() - begun < longest) {
      const due = Math.floor(((performance.now() - begun) / 1000) * perSecond)
      for (; sent < due && waiting < mostWaiting; sent += 1) void one(sent)
      await pause(2)
    }
  })()

  return {
    async stop() {
      over = true
      await running
      const seconds = (performance.now() - begun) / 1000
      const deadline = performance.now() + 5000
      while (waiting > 0 && performance.now() < deadline) await pause(10)
      // What nobody has answered by now is told as 0.
      const answered = { ...statuses, ...(waiting > 0 && { 0: (statuses[0] ?? 0) + waiting }) }
      caller.end()
      return { statuses: answered, perSecond: sent / seconds }
    },
  }
}
