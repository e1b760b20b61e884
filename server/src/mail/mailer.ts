import type { Logger } from '../log.ts'

/** A message of plain text. */
export interface Mail {
  to: string
  subject: string
  text: string
  /** Where its reader says that they want no more of the kind. */
  unsubscribe?: string
}

/** Sends mail where SMTP is set up. Without it everything still works by links that are shown on the screen. */
export interface Mailer {
  readonly on: boolean
  /** Whether the server took the message. Never throws: whoever sends shows the link as well. */
  send(mail: Mail): Promise<boolean>
}

/**
 * Mail through `smtpUrl`, from no-reply at the host of `baseUrl`. A server that does not answer within `patience`
 * milliseconds is given up.
 */
export function createMailer(
  { smtpUrl, baseUrl }: { smtpUrl: string | undefined; baseUrl: string },
  logger: Pick<Logger, 'warn'>,
  patience = 10_000,
): Mailer {
  if (smtpUrl === undefined) return { on: false, send: async () => false }
  const timeouts = {
    dnsTimeout: patience,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
  }
  // Read with the first message: where no mail is sent, nobody waits for its files.
  const connect = async () => (await import('nodemailer')).createTransport({ url: smtpUrl, ...timeouts })
  let transport: ReturnType<typeof connect> | undefined
  const from = `Cabildo <no-reply@${new URL(baseUrl).hostname}>`
  return {
    on: true,
    async send({ unsubscribe, ...mail }) {
      try {
        const list = unsubscribe === undefined ? {} : { list: { unsubscribe: { url: unsubscribe } } }
        transport ??= connect()
        await (await transport).sendMail({ from, ...mail, ...list })
        return true
      } catch (error) {
        transport = undefined
        // Neither address nor text: they are personal, and may carry a link.
        logger.warn({ err: { code: (error as { code?: string }).code } }, 'a mail could not be sent')
        return false
      }
    },
  }
}
