import { BlockList, isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { type KnownWitness, parseWitnesses } from './record/witnessing/rules.ts'
import { StartError } from './start-error.ts'

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** A provider of OpenID Connect, and what this program is to it. */
export interface OpenIdConfig {
  issuer: string
  clientId: string
  clientSecret: string | undefined
  label: string
  /** Values of `acr` that show a second factor, and nothing else does; none to go by what is usual. */
  secondFactorClasses: readonly string[]
}

/** What the environment says, checked. Read once, in `main.ts`; nobody else looks at `process.env`. */
export interface Config {
  production: boolean
  /** 0 asks for any free port; `main.ts` puts the real one here before anybody sees it. */
  port: number
  host: string
  /** An origin: scheme, host and port, no slash at its end. Unsafe requests and rooms must come from it. */
  baseUrl: string
  /** Nobody set BASE_URL: it was made from HOST and PORT. */
  baseUrlDerived: boolean
  /** Absolute. */
  dataDir: string
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined
  /** A login that owns nothing in that database, for the program to work with; undefined: the owner's, in a role. */
  databaseAppUrl: string | undefined
  /** Most connections at once that answers and rooms have to the database; a few more are held beside them. */
  databaseConnections: number
  demo: boolean
  smtpUrl: string | undefined
  /** Addresses or CIDR ranges whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  logLevel: (typeof logLevels)[number]
  /** Given as METRICS_TOKEN, else made and kept by `secrets.ts`. */
  metricsToken: string | undefined
  /** Given as APP_KEY (32 bytes, base64url), else made and kept by `secrets.ts`. */
  appKey: string | undefined
  /** Given as RECORD_KEY, else made and kept in the data folder: what signs the record. */
  recordKey: string | undefined
  /** Who else signs the record's heads. */
  recordWitnesses: readonly KnownWitness[]
  /** A sign-on by OpenID Connect beside passwords and passkeys. */
  openid: OpenIdConfig | undefined
}

const onOff = z.enum(['on', 'off'])
const port = z.coerce.number().int().min(0).max(65535)

const environment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  BASE_URL: z.string().refine(isOrigin).optional(),
  DATA_DIR: z.string().default('./.data'),
  DATABASE_URL: z.string().refine(hasScheme('postgres:', 'postgresql:')).optional(),
  DATABASE_APP_URL: z.string().refine(hasScheme('postgres:', 'postgresql:')).optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(1000).default(10),
  DEMO: onOff.optional(),
  SMTP_URL: z.string().refine(hasScheme('smtp:', 'smtps:')).optional(),
  TRUSTED_PROXIES: z.string().transform(list).refine(areRanges).default([]),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  METRICS_TOKEN: z.string().optional(),
  APP_KEY: z.string().refine(isKey).optional(),
  RECORD_KEY: z.string().refine(isRecordKey).optional(),
  RECORD_WITNESSES: z
    .string()
    .transform(parseWitnesses)
    .refine((witnesses) => witnesses !== undefined)
    .default([]),
  OPENID_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OPENID_CLIENT_ID: z.string().optional(),
  OPENID_CLIENT_SECRET: z.string().optional(),
  OPENID_LABEL: z.string().max(60).default('OpenID'),
  OPENID_ACR: z
    .string()
    .max(2000)
    .regex(/^[!-~ ]*$/)
    .default(''),
})

/** How each variable must look, for the sentence that refuses it. */
const forms: Record<keyof z.infer<typeof environment>, string> = {
  NODE_ENV: 'production, development or test',
  PORT: 'a number from 0 to 65535',
  HOST: 'the address to listen on',
  BASE_URL: 'the address people use, such as https://plan.example.org, with no path',
  DATA_DIR: 'a folder',
  DATABASE_URL: 'an address such as postgres://user:password@host:5432/database',
  DATABASE_APP_URL: 'an address such as postgres://user:password@host:5432/database',
  DATABASE_CONNECTIONS: 'a number from 1 to 1000',
  DEMO: 'on or off',
  SMTP_URL: 'an address such as smtp://user:password@host:587',
  TRUSTED_PROXIES: 'addresses or ranges separated by commas, such as 10.0.0.0/8',
  LOG_LEVEL: `one of ${logLevels.join(', ')}`,
  METRICS_TOKEN: 'a random text',
  APP_KEY: '32 random bytes as base64url, 43 characters',
  RECORD_KEY: 'what stands in the file record-key of a data folder, both lines',
  RECORD_WITNESSES:
    'verifier keys of at most 16 witnesses with different names, separated by blanks, each as the witness printed it (name+hash+base64) or followed by = and its address, such as …=https://witness.example.org',
  OPENID_ISSUER: 'the address of the provider, such as https://login.example.org',
  OPENID_CLIENT_ID: 'the id that the provider gave to this program',
  OPENID_CLIENT_SECRET: 'the secret that the provider gave to this program',
  OPENID_LABEL: 'what the button says, at most 60 characters',
  OPENID_ACR: 'classes of sign-in that count as a second factor, with spaces between them',
}

/**
 * Reads and checks the environment; a variable set to nothing counts as not set.
 * Throws `StartError` naming the first variable that is wrong, or missing in production.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  if (given.REDIS_URL) {
    throw new StartError('REDIS_URL is set, but several servers for one database are not supported yet: unset it.')
  }
  const parsed = environment.safeParse(given)
  if (!parsed.success) throw refusal(parsed.error)

  const { data } = parsed
  const production = data.NODE_ENV === 'production'
  if (production && !data.BASE_URL) {
    throw new StartError(`BASE_URL is not set: production needs ${forms.BASE_URL}.`)
  }
  if (data.METRICS_TOKEN && production && isWeakSecret(data.METRICS_TOKEN)) {
    throw new StartError(
      'METRICS_TOKEN is a default or too short: give at least 24 random characters, or unset it to have one made.',
    )
  }
  if (data.DATABASE_APP_URL && !data.DATABASE_URL) {
    throw new StartError('DATABASE_URL is not set: DATABASE_APP_URL is another login for the same database.')
  }
  if (data.OPENID_ISSUER && !data.OPENID_CLIENT_ID) {
    throw new StartError('OPENID_CLIENT_ID is not set: OPENID_ISSUER needs it.')
  }
  if (data.OPENID_ISSUER && production && !data.OPENID_ISSUER.startsWith('https:')) {
    throw new StartError('OPENID_ISSUER must be an https address in production.')
  }
  return {
    production,
    port: data.PORT,
    host: data.HOST,
    baseUrl: data.BASE_URL ? new URL(data.BASE_URL).origin : baseUrlOf(data.HOST, data.PORT),
    baseUrlDerived: !data.BASE_URL,
    dataDir: resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    databaseAppUrl: data.DATABASE_APP_URL,
    databaseConnections: data.DATABASE_CONNECTIONS,
    demo: data.DEMO ? data.DEMO === 'on' : !production,
    smtpUrl: data.SMTP_URL,
    trustedProxies: data.TRUSTED_PROXIES,
    logLevel: data.LOG_LEVEL,
    metricsToken: data.METRICS_TOKEN,
    appKey: data.APP_KEY,
    recordKey: data.RECORD_KEY,
    recordWitnesses: data.RECORD_WITNESSES ?? [],
    openid:
      data.OPENID_ISSUER && data.OPENID_CLIENT_ID
        ? {
            issuer: data.OPENID_ISSUER,
            clientId: data.OPENID_CLIENT_ID,
            clientSecret: data.OPENID_CLIENT_SECRET,
            label: data.OPENID_LABEL,
            secondFactorClasses: data.OPENID_ACR.split(' ').filter(Boolean),
          }
        : undefined,
  }
}

/** The origin a browser on this machine uses for a server that listens on `host` and `port`. */
export function baseUrlOf(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere ? 'localhost' : isIP(host) === 6 ? `[${host}]` : host
  return new URL(`http://${name}:${port}`).origin
}

function refusal(error: z.ZodError): StartError {
  const name = String(error.issues[0]?.path[0])
  return new StartError(`${name} is not valid: it must be ${forms[name as keyof typeof forms]}.`)
}

function isWeakSecret(secret: string): boolean {
  return secret.length < 24 || new Set(secret).size < 8 || /change-?me|default|example|secret|password/i.test(secret)
}

function isKey(value: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(value)
}

function isRecordKey(value: string): boolean {
  return value.startsWith('PRIVATE+KEY+')
}

function isOrigin(value: string): boolean {
  const url = URL.parse(value)
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
}

function hasScheme(...schemes: string[]) {
  return (value: string) => schemes.includes(URL.parse(value)?.protocol ?? '')
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

function areRanges(values: readonly string[]): boolean {
  const ranges = new BlockList()
  return values.every((value) => {
    const [address = '', bits] = value.split('/')
    const family = isIP(address)
    if (family === 0) return false
    if (bits === undefined) return true
    try {
      ranges.addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4')
      return /^\d+$/.test(bits)
    } catch {
      return false
    }
  })
}
