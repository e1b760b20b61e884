import { afterAll, beforeAll } from 'vitest'
import { type FreshDatabase, freshDatabase } from './postgres.ts'
import { createTestApp, type TestApp } from './test-app.ts'

/**
 * Opens the whole app over a database of its own before the first test of a file, and takes both away after the last one: the
 * rooms store what they hold while there is somewhere to. `take` gets them.
 */
export function openApp(take: (database: FreshDatabase, world: TestApp) => void): void {
  let close = async (): Promise<void> => {}
  beforeAll(async () => {
    const database = await freshDatabase()
    close = database.drop
    const world = createTestApp(database)
    close = async () => {
      await world.rooms.drain()
      await database.drop()
    }
    take(database, world)
  })
  afterAll(() => close())
}
