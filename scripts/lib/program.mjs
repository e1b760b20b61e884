import { spawn } from 'node:child_process'
import { runToEnd } from './command.mjs'
import { root } from './prepare.mjs'

/**
 * Runs one of our TypeScript programs under the pinned Node and answers its exit code. It ends in order, too, when we
 * are killed, which the channel between us tells it, and when the npm that started us is killed. (npm's scripts begin
 * with `exec`: a shell between npm and us would keep its signals to itself.)
 */
export async function runProgram({ node, env }, file, args = []) {
  const child = spawn(node, [file, ...args], { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  const parent = process.ppid
  const watch = () => process.ppid !== parent && child.kill('SIGTERM')
  const timer = process.env.npm_lifecycle_event ? setInterval(watch, 1000) : undefined
  try {
    return await runToEnd(child)
  } finally {
    clearInterval(timer)
  }
}
