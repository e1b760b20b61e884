import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

/** A letter as it arrived: to whom, and its text as it was before it was encoded. */
export interface Letter {
  to: string
  headers: string
  text: string
}

/** A real SMTP server of this process. */
export interface PostOffice {
  url: string
  letters: Letter[]
  close(): Promise<void>
}

/** Opens an SMTP server that keeps what it is given. It does not know people at `refused.test`. */
export async function openPostOffice(): Promise<PostOffice> {
  const letters: Letter[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _, done) {
      done(address.endsWith('@refused.test') ? new Error('550 no such person') : undefined)
    },
    onData(stream, session, done) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        const raw = Buffer.concat(pieces).toString()
        const end = raw.indexOf('\r\n\r\n')
        const headers = raw.slice(0, end)
        const to = session.envelope.rcptTo.map(({ address }) => address).join(', ')
        letters.push({ to, headers, text: decoded(headers, raw.slice(end + 4)) })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    letters,
    close: () => new Promise((done) => server.close(() => done())),
  }
}

function decoded(headers: string, body: string): string {
  if (/^content-transfer-encoding: base64/im.test(headers)) return Buffer.from(body, 'base64').toString()
  if (!/^content-transfer-encoding: quoted-printable/im.test(headers)) return body
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
