import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { StartError } from './start-error.ts'

/**
 * Makes sure that `host` and `port` are free before anything is started or changed, and answers the port: a free one
 * when 0 is asked for. Throws `StartError`.
 */
export async function reservePort(host: string, port: number): Promise<number> {
  const probe = createServer()
  await listenOn(probe, host, port)
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return address !== null && typeof address === 'object' ? address.port : port
}

/** Listens, or throws `StartError` saying why it cannot. */
export async function listenOn(
  server: Pick<Server, 'listen' | 'once' | 'off'>,
  host: string,
  port: number,
): Promise<void> {
  await new Promise<void>((done, fail) => {
    const refuse = (error: NodeJS.ErrnoException) =>
      fail(new StartError(sentence(error.code ?? error.message, host, port)))
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      done()
    })
  })
}

function sentence(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is busy: stop the program that uses it, or set PORT.`
  if (code === 'EACCES') return `Port ${port} is not open to this user: set PORT to a number from 1024 up.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST ${host} is not an address of this machine: set HOST.`
  return `Cannot listen on ${host} port ${port} (${code}): set HOST and PORT.`
}
