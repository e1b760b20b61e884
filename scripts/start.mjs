/** `npm start`: from a clean clone to a running program. Installs, builds what has changed, and runs the server. */
import { buildClient } from './lib/client.mjs'
import { command } from './lib/command.mjs'
import { prepare } from './lib/prepare.mjs'
import { runProgram } from './lib/program.mjs'
import { buildServer } from './lib/server.mjs'

await command(async () => {
  const tools = await prepare()
  await buildClient(tools)
  return runProgram(tools, await buildServer(tools))
})
