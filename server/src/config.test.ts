import { formatVkey } from '@cabildo/record/keys'
import { ed25519Cosigner, ed25519Signer } from '@cabildo/record/signatures'
import { anyCharacter } from '@cabildo/record/testing/any-text'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { baseUrlOf, readConfig } from './config.ts'

const vkeyOf = (name: string, seed: number) =>
  formatVkey(ed25519Cosigner(name, new Uint8Array(32).fill(seed), () => 0).key)
const production = { NODE_ENV: 'production', BASE_URL: 'https://plan.example.org' }

test('nothing set: everything for a first look on this machine', () => {
  expect(readConfig({})).toEqual({
    production: false,
    port: 3000,
    host: '127.0.0.1',
    baseUrl: 'http://127.0.0.1:3000',
    baseUrlDerived: true,
    dataDir: `${process.cwd()}/.data`,
    databaseUrl: undefined,
    databaseConnections: 10,
    databaseAppUrl: undefined,
    demo: true,
    smtpUrl: undefined,
    trustedProxies: [],
    recordWitnesses: [],
    logLevel: 'info',
    metricsToken: undefined,
  })
})

test('everything set', () => {
  const env = {
    NODE_ENV: 'production',
    PORT: '8080',
    HOST: '0.0.0.0',
    BASE_URL: 'https://Plan.Example.org/',
    DATA_DIR: '/var/lib/plan',
    DATABASE_URL: 'postgres://u:p@db/plan',
    DATABASE_APP_URL: 'postgres://a:p@db/plan',
    DATABASE_CONNECTIONS: '4',
    DEMO: 'on',
    SMTP_URL: 'smtps://mail.example.org',
    TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    LOG_LEVEL: 'warn',
    METRICS_TOKEN: 'kTq8Zr3vWm1xYb7nLc5dHf2g',
  }
  expect(readConfig(env)).toEqual({
    production: true,
    port: 8080,
    host: '0.0.0.0',
    baseUrl: 'https://plan.example.org',
    baseUrlDerived: false,
    dataDir: '/var/lib/plan',
    databaseUrl: 'postgres://u:p@db/plan',
    databaseAppUrl: 'postgres://a:p@db/plan',
    databaseConnections: 4,
    demo: true,
    smtpUrl: 'smtps://mail.example.org',
    trustedProxies: ['10.0.0.0/8', '::1'],
    recordWitnesses: [],
    logLevel: 'warn',
    metricsToken: 'kTq8Zr3vWm1xYb7nLc5dHf2g',
  })
})

test('a variable set to nothing is not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', DEMO: '', REDIS_URL: '' })).toEqual(readConfig({}))
})

test('the demo is on unless this is production, and only its own variable changes that', () => {
  expect(readConfig({ DEMO: 'off' }).demo).toBe(false)
  expect(readConfig(production).demo).toBe(false)
  expect(readConfig({ ...production, DEMO: 'on' }).demo).toBe(true)
})

test('production names the variable that is missing or weak', () => {
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/^BASE_URL is not set/)
  for (const token of ['changeme', 'change-me-change-me-change-me', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'short']) {
    expect(() => readConfig({ ...production, METRICS_TOKEN: token })).toThrow(/^METRICS_TOKEN is a default/)
  }
})

test.each([
  ['NODE_ENV', 'prod'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', 'http'],
  ['PORT', '80.5'],
  ['BASE_URL', 'plan.example.org'],
  ['BASE_URL', 'https://plan.example.org/es'],
  ['BASE_URL', 'https://plan.example.org/?a'],
  ['BASE_URL', 'ftp://plan.example.org'],
  ['BASE_URL', 'https://me@plan.example.org'],
  ['DATABASE_URL', 'mysql://u:p@db/plan'],
  ['DATABASE_URL', 'db'],
  ['DATABASE_APP_URL', 'db'],
  ['DATABASE_CONNECTIONS', '0'],
  ['DATABASE_CONNECTIONS', '1.5'],
  ['DATABASE_CONNECTIONS', '1001'],
  ['DEMO', 'yes'],
  ['SMTP_URL', 'https://mail.example.org'],
  ['TRUSTED_PROXIES', 'proxy'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', '10.0.0.0/'],
  ['TRUSTED_PROXIES', '10.0.0.1,,x'],
  ['LOG_LEVEL', 'loud'],
  ['RECORD_WITNESSES', 'kernel.example/testigo'],
  ['RECORD_WITNESSES', `${vkeyOf('a.example/w', 1)}=ftp://a.example`],
  ['RECORD_WITNESSES', `${vkeyOf('a.example/w', 1)}=https://a.example/?x`],
  ['RECORD_WITNESSES', `${vkeyOf('a.example/w', 1)}=https://me:too@a.example`],
  ['RECORD_WITNESSES', `${vkeyOf('a.example/w', 1)} ${vkeyOf('a.example/w', 2)}`],
  ['RECORD_WITNESSES', formatVkey(ed25519Signer('a.example/w', new Uint8Array(32)).key)],
  ['RECORD_WITNESSES', Array.from({ length: 17 }, (_, at) => vkeyOf(`w${at}`, at)).join(' ')],
])('%s=%s is refused in one sentence that names it', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} is not valid: it must be [^\n]+\\.$`))
})

test('[RC75] witnesses are named by their keys, and those who answer by their addresses too', () => {
  const [one, two] = [vkeyOf('a.example/w', 1), vkeyOf('b.example/w', 2)]
  const { recordWitnesses } = readConfig({ RECORD_WITNESSES: ` ${one}\n${two}=https://b.example/witness/ ` })
  expect(recordWitnesses.map(({ key, vkey, url }) => [key.name, vkey, url])).toEqual([
    ['a.example/w', one, undefined],
    ['b.example/w', two, 'https://b.example/witness'],
  ])
})

test('several servers are refused while they are not supported', () => {
  expect(() => readConfig({ REDIS_URL: 'redis://localhost' })).toThrow(/^REDIS_URL is set/)
})

test('no environment makes anything but a configuration or one sentence', () => {
  const names = [
    'NODE_ENV',
    'PORT',
    'BASE_URL',
    'DATABASE_URL',
    'DEMO',
    'TRUSTED_PROXIES',
    'METRICS_TOKEN',
    'RECORD_WITNESSES',
  ]
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.string({ unit: anyCharacter })), (env) => {
      try {
        expect(new URL(readConfig(env).baseUrl).pathname).toBe('/')
      } catch (error) {
        expect(error).toMatchObject({ name: 'StartError', message: expect.stringMatching(/^[A-Z_]+ .*\.$/) })
      }
    }),
  )
})

test('the address of a server that listens everywhere is this machine', () => {
  expect(baseUrlOf('0.0.0.0', 3000)).toBe('http://localhost:3000')
  expect(baseUrlOf('::', 80)).toBe('http://localhost')
  expect(baseUrlOf('::1', 3000)).toBe('http://[::1]:3000')
  expect(baseUrlOf('plan.local', 3000)).toBe('http://plan.local:3000')
})
