import { constants } from 'node:os'

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP']

/** Why a command cannot go on, as one sentence for the person who gave it. */
export class CannotGoOn extends Error {}

/** Why a command ended before it was done: a signal said so. */
export class Stopped extends CannotGoOn {}

/** Runs a command to its end with the exit code that `body` answers. `CannotGoOn` becomes its sentence and code 1. */
export async function command(body) {
  try {
    process.exitCode = await body()
  } catch (error) {
    if (!(error instanceof CannotGoOn)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/**
 * Waits for a child process and answers its exit code; 128 and the signal's number when a signal ended it, or had it end
 * otherwise than well. Signals that we get meanwhile go to the child, and we stay until it has ended, however long it takes
 * to put things away.
 */
export function runToEnd(child) {
  let ended
  const forward = (signal) => {
    ended = signal
    child.kill(signal)
  }
  for (const signal of signals) process.on(signal, forward)
  return new Promise((done) => {
    const finish = (code) => {
      for (const signal of signals) process.off(signal, forward)
      done(code)
    }
    child.once('error', (error) => {
      console.error(`${child.spawnfile} could not be started (${error.code}).`)
      finish(127)
    })
    child.once('close', (code, signal) => {
      // Who puts things away when told to stop, as npm does, may end with a code of its own.
      const by = signal ?? (code === 0 ? undefined : ended)
      finish(by ? 128 + (constants.signals[by] ?? 0) : code)
    })
  })
}

/** Goes on after exit code 0; else throws `CannotGoOn`, which is `Stopped` when a signal ended the child. */
export function orStop(code, sentence) {
  if (code > 128) throw new Stopped('Stopped before it was done.')
  if (code !== 0) throw new CannotGoOn(sentence)
}

/** Says every ten seconds that something still goes on. */
export async function withTime(what, work) {
  const start = Date.now()
  const timer = setInterval(() => console.log(`… ${what}, ${Math.round((Date.now() - start) / 1000)} s`), 10_000)
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}
