import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { runToEnd } from './command.mjs'
import { root } from './prepare.mjs'

/** Where Node keeps what it understood of our programs, so that it does not understand them anew at each start. */
export const understood = join(root, 'node_modules/.cache/program')

/**
 * Runs one of our programs under the pinned Node and answers its exit code. It ends in order, too, when we
 * are killed, which the channel between us tells it, and when the npm that started us is killed. (npm's scripts begin
 * with `exec`: a shell between npm and us would keep its signals to itself.)
 */
export async function runProgram({ node, env }, file, args = []) {
  const options = { cwd: root, env: { NODE_COMPILE_CACHE: understood, ...env } }
  const child = spawn(node, [file, ...args], { ...options, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  const parent = process.ppid
  const watch = () => process.ppid !== parent && child.kill('SIGTERM')
  const timer = process.env.npm_lifecycle_event ? setInterval(watch, 1000) : undefined
  try {
    return await runToEnd(child)
  } finally {
    clearInterval(timer)
  }
}
