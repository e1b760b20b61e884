import { fork } from 'node:child_process'
import { createTurns } from '../../../turns.ts'
import { type Examined, examiningTime, type Unfit } from './rules.ts'

/** How many files wait to be looked at before the next is told to come back. */
const mostWaiting = 12

/** Looks at files, one at a time. */
export interface Examiner {
  /** What a file is, by its bytes alone, and as it is to be kept; undefined when too many wait. */
  examine(bytes: Uint8Array): Promise<Examined | Unfit | undefined>
}

/** An examiner that begins a process for each file and ends it in time. */
export function createExaminer(): Examiner {
  const inTurn = createTurns()
  let waiting = 0
  return {
    async examine(bytes) {
      if (waiting >= mostWaiting) return undefined
      waiting += 1
      try {
        return await inTurn('', () => examineApart(bytes))
      } finally {
        waiting -= 1
      }
    },
  }
}

function examineApart(bytes: Uint8Array): Promise<Examined | Unfit> {
  const child = fork(new URL('examining-process.ts', import.meta.url), {
    serialization: 'advanced',
    // Nothing of ours: it must find no address of a database and no key.
    env: {},
    execArgv: ['--max-old-space-size=192', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    timeout: examiningTime,
    killSignal: 'SIGKILL',
  })
  return new Promise<Examined | Unfit>((resolve) => {
    child.once('message', (found) => resolve(found as Examined | Unfit))
    child.once('error', () => resolve('broken'))
    child.once('exit', () => resolve('broken'))
    child.send(bytes, () => undefined)
  }).finally(() => child.kill('SIGKILL'))
}
