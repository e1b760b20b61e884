/**
 * `npm run dev`: one address for everything, with reload. Vite serves the client there and passes what belongs to the
 * server on to it; the server starts again when its code changes.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { command, runToEnd } from './lib/command.mjs'
import { prepare, root } from './lib/prepare.mjs'

await command(async () => {
  const { node, env } = await prepare()
  const host = env.HOST || '127.0.0.1'
  const port = env.PORT || '3000'
  const hidden = await freePort()
  const serverEnv = {
    ...env,
    HOST: '127.0.0.1',
    PORT: String(hidden),
    BASE_URL: env.BASE_URL || `http://${host}:${port}`,
  }
  const clientEnv = { ...env, CABILDO_SERVER: `http://127.0.0.1:${hidden}` }
  const stdio = 'inherit'
  const watch = ['--watch', '--watch-preserve-output', 'server/src/main.ts']
  const server = spawn(node, watch, { cwd: root, env: serverEnv, stdio })
  const vite = [
    join(root, 'node_modules/vite/bin/vite.js'),
    '--logLevel',
    'warn',
    '--host',
    host,
    '--port',
    port,
    '--strictPort',
  ]
  const client = spawn(node, vite, { cwd: join(root, 'client'), env: clientEnv, stdio })
  const ends = [server, client].map(runToEnd)
  const first = await Promise.race(ends)
  for (const child of [server, client]) child.kill('SIGTERM')
  await Promise.all(ends)
  return first
})

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}
