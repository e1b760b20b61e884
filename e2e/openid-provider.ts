import { once } from 'node:events'
import Provider from 'oidc-provider'

/** A sign-on of somebody else, in this process: whoever says a name there is that person. */
export interface OpenIdProvider {
  issuer: string
  clientId: string
  clientSecret: string
  close(): Promise<void>
}

/** Starts a real OpenID provider that lets people in with any password and sends them back to `callback`. */
export async function startOpenIdProvider(port: number, callback: string): Promise<OpenIdProvider> {
  const issuer = `http://127.0.0.1:${port}`
  const clientId = 'cabildo'
  const clientSecret = 'a-secret-between-the-two-of-them'
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [callback],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    cookies: { keys: ['a key of its own'] },
    ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 600, IdToken: 600 },
  })
  const server = provider.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    issuer,
    clientId,
    clientSecret,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
