import { fork } from 'node:child_process'

/** How long a piece of work may take, and how much memory of JavaScript's it gets. */
export interface ApartLimits {
  /** Milliseconds. */
  time: number
  /** Megabytes. */
  memory: number
  /** What else Node is told, e.g. which of its own doors are shut. */
  flags?: readonly string[]
}

/**
 * Has one piece of work done in a process of its own, which is sent `asked` and answers once, and answers what it says;
 * undefined when it breaks, or takes too long. It is ended in any case: native code, which is what this is for, can be ended no
 * other way. Its environment is empty and its memory its own, so that it holds no address of a database and no key. It is no
 * sandbox: it runs as the same user, with the same files and network.
 */
export function workApart<Found>(
  program: URL,
  asked: unknown,
  { time, memory, flags = [] }: ApartLimits,
): Promise<Found | undefined> {
  const child = fork(program, {
    serialization: 'advanced',
    env: {},
    execArgv: [`--max-old-space-size=${memory}`, '--disable-warning=ExperimentalWarning', ...flags],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    timeout: time,
    killSignal: 'SIGKILL',
  })
  return new Promise<Found | undefined>((resolve) => {
    // What is asked and answered stands in one place each, which share the type.
    child.once('message', (found) => resolve(found as Found))
    child.once('error', () => resolve(undefined))
    child.once('exit', () => resolve(undefined))
    child.send(asked as object, () => undefined)
  }).finally(() => child.kill('SIGKILL'))
}

/** In such a process: answers what it is sent, once, and ends. */
export function answerOnce<Asked>(work: (asked: Asked) => unknown): void {
  process.once('message', (asked: Asked) => {
    Promise.resolve(asked)
      .then(work)
      .catch(() => undefined)
      .then((found) => process.send?.(found, undefined, undefined, () => process.disconnect()))
  })
}
