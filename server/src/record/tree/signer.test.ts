import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatCheckpoint } from '@cabildo/record/checkpoint'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StartError } from '../../start-error.ts'
import { createSigner, readSigner, type Signer } from './signer.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cabildo-signer-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const start = (more: { given?: string; lastHead?: string } = {}) =>
  readSigner({ dataDir, host: 'plan.example', given: more.given, lastHead: more.lastHead })
const headBy = ({ origin, sign }: Signer) => sign(formatCheckpoint({ origin, size: 1, root: new Uint8Array(32) }))

test('[RC119] a key is made once, and goes on signing what it signed', async () => {
  const { signer, fresh } = await start()
  const lastHead = headBy(signer)
  const again = await start({ lastHead })
  expect([fresh, again.fresh, again.signer.verifierKeys]).toEqual([true, false, signer.verifierKeys])
  const given = await readFile(join(dataDir, 'record-key'), 'utf8')
  expect((await start({ given, lastHead })).signer.verifierKeys).toEqual(signer.verifierKeys)
})

test('[RC119] a record is not continued with another key, nor a new one when its own is gone', async () => {
  const { signer } = await start()
  const given = await readFile(join(dataDir, 'record-key'), 'utf8')
  // Another key under the same name.
  const stranger = headBy(createSigner(signer.origin))
  await expect(start({ given, lastHead: stranger })).rejects.toThrow('RECORD_KEY is not the key')
  await expect(start({ lastHead: stranger })).rejects.toThrow(StartError)
  await writeFile(join(dataDir, 'record-key'), '')
  await expect(start({ lastHead: headBy(signer) })).rejects.toThrow('is gone')
})
