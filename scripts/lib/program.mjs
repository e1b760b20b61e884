import { spawn } from 'node:child_process'
import { runToEnd } from './command.mjs'
import { root } from './prepare.mjs'

/**
 * Runs one of our TypeScript programs under the pinned Node and answers its exit code. The channel between us tells it
 * when we are killed, which no signal could.
 */
export function runProgram({ node, env }, file, args = []) {
  const child = spawn(node, [file, ...args], { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  return runToEnd(child)
}
