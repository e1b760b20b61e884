import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createHashers } from './hashers.ts'

const cheap = { memoryCost: 1024, timeCost: 1, parallelism: 1 }

test('a request that fails says why, and the thread answers the next one', async () => {
  const { hash, verify } = createHashers(cheap)
  const stored = await hash('pixbae')

  await expect(verify('no hash', 'pixbae')).rejects.toThrow('could not be hashed or checked')
  await expect(verify(stored, 'pixbae')).resolves.toBe(true)
  await expect(verify(stored, 'otro')).resolves.toBe(false)
})

test.runIf(process.platform === 'linux')('passwords give way: their thread alone has a lower priority', async () => {
  const before = modestThreads()
  const { hash } = createHashers(cheap)
  await hash('pixbae')

  expect(modestThreads()).toBe(before + 1)
})

test.runIf(process.platform === 'linux')('a program that was begun modest hashes all the same', async () => {
  const program = `
    const { readdirSync } = require('node:fs')
    import(${JSON.stringify(new URL('hashers.ts', import.meta.url))})
      .then(({ createHashers }) => createHashers(${JSON.stringify(cheap)}).hash('pixbae'))
      .then((stored) => {
        const threads = readdirSync('/proc/self/task').map((thread) => require('node:os').getPriority(Number(thread)))
        console.log(JSON.stringify({ stored, threads: [...new Set(threads)] }))
      })`
  const { stdout } = await promisify(execFile)('nice', ['-n', '15', process.execPath, '-e', program])

  // Less than before is refused to whoever is not the administrator, and no thread asks for it.
  expect(JSON.parse(stdout)).toEqual({ stored: expect.stringContaining('$argon2id$'), threads: [15] })
})

/** How many threads of this process have a niceness of ten (proc_pid_stat(5), field 19). */
function modestThreads(): number {
  const nicenesses = readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]
  })
  return nicenesses.filter((niceness) => niceness === '10').length
}
