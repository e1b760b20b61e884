import { expect, test } from 'vitest'
import { inTurn } from './turns.ts'

function gate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, passed }
}

test('work on one document runs one after another, in the order asked, also after a failure', async () => {
  const seen: string[] = []
  const first = gate()
  const failing = inTurn('a', async () => {
    seen.push('first begins')
    await first.passed
    seen.push('first ends')
    throw new Error('no')
  })
  const second = inTurn('a', async () => {
    seen.push('second')
    return 2
  })
  const elsewhere = inTurn('b', async () => {
    seen.push('other document')
  })

  await elsewhere
  first.open()
  await expect(failing).rejects.toThrow('no')
  expect(await second).toBe(2)
  expect(seen).toEqual(['first begins', 'other document', 'first ends', 'second'])
})
