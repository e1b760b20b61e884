import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

/** The part of WebAuthn's options that an authenticator looks at. */
interface Options {
  challenge: string
  rp?: { id?: string }
  rpId?: string
  user?: { id: string }
}

/** How an answer departs from a right one. */
export interface Deviation {
  origin?: string
  rpId?: string
  challenge?: string
  /** Says that somebody touched it, and not who. */
  unverified?: boolean
  /** What it counts; one more than before unless said otherwise. */
  counter?: number
  /** Signs with another key. */
  forged?: boolean
}

/** An authenticator in software, with one passkey, as a phone or a security key would be. */
export interface Authenticator {
  id: string
  /** Answers `navigator.credentials.create`. */
  create(options: Options, deviation?: Deviation): Record<string, unknown>
  /** Answers `navigator.credentials.get`. */
  get(options: Options, deviation?: Deviation): Record<string, unknown>
}

const flag = { present: 0x01, verified: 0x04, attested: 0x40 }

/** Makes an authenticator for pages of `origin`: ES256, no attestation. */
export function createAuthenticator(origin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  let counted = 0
  let userHandle: string | undefined

  const clientData = (type: string, { challenge }: Options, deviation: Deviation) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: deviation.challenge ?? challenge,
        origin: deviation.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const authenticatorData = (options: Options, deviation: Deviation, attested?: Buffer) => {
    const rpId = deviation.rpId ?? options.rp?.id ?? options.rpId ?? ''
    counted = deviation.counter ?? counted + 1
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(counted)
    const flags = flag.present | (deviation.unverified ? 0 : flag.verified) | (attested ? flag.attested : 0)
    return Buffer.concat([sha256(Buffer.from(rpId)), Buffer.of(flags), counter, attested ?? Buffer.alloc(0)])
  }
  const answer = (response: Record<string, unknown>) => ({
    id,
    rawId: id,
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
    response,
  })

  return {
    id,
    create(options, deviation = {}) {
      userHandle = options.user?.id
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credentialId.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(publicKey)])
      const authData = authenticatorData(options, deviation, attested)
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ])
      return answer({
        clientDataJSON: clientData('webauthn.create', options, deviation).toString('base64url'),
        attestationObject: cbor(attestation).toString('base64url'),
        transports: ['internal'],
      })
    },
    get(options, deviation = {}) {
      const data = clientData('webauthn.get', options, deviation)
      const authData = authenticatorData(options, deviation)
      const signer = createSign('sha256').update(authData).update(sha256(data))
      return answer({
        clientDataJSON: data.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signer.sign(deviation.forged ? stranger.privateKey : privateKey).toString('base64url'),
        userHandle,
      })
    },
  }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

/** A P-256 key as COSE writes it (RFC 9053). */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  )
}

/** The little of CBOR (RFC 8949) that an authenticator speaks. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, each]) => [cbor(key), cbor(each)])
    return Buffer.concat([head(5, value.size), ...entries])
  }
  throw new Error(`an authenticator does not say ${String(value)}`)
}

function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.of((kind << 5) | size)
  if (size < 256) return Buffer.of((kind << 5) | 24, size)
  return Buffer.of((kind << 5) | 25, size >> 8, size & 255)
}
