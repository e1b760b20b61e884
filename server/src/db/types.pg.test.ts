import { readFile } from 'node:fs/promises'
import { freshDatabase } from '@cabildo/testkit/postgres'
import { expect, test } from 'vitest'
import { generateTypes } from './generate-types.ts'

test('types.ts is what the migrated database says (npm run types:db writes it)', async () => {
  const database = await freshDatabase()
  try {
    expect(await readFile(new URL('types.ts', import.meta.url), 'utf8')).toBe(await generateTypes(database.url))
  } finally {
    await database.drop()
  }
})
