/** `node scripts/run.mjs <file.ts> [arguments]`: runs one of our programs with the packages and the Node of the lockfile. */
import { CannotGoOn, command } from './lib/command.mjs'
import { prepare } from './lib/prepare.mjs'
import { runProgram } from './lib/program.mjs'

await command(async () => {
  const [file, ...args] = process.argv.slice(2)
  if (!file) throw new CannotGoOn('Name the program to run, such as server/src/main.ts.')
  return runProgram(await prepare(), file, args)
})
