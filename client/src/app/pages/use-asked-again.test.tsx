// @vitest-environment jsdom
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { openPage } from '../../testing/page.tsx'
import { useAskedAgain } from './use-asked-again.ts'

const page = openPage()

/** The list as the server has it, and how often it was asked for. */
const server = { has: ['1'], asked: 0 }
const list = {
  queryKey: ['list'],
  queryFn: async () => {
    server.asked += 1
    return [...server.has]
  },
  staleTime: 10_000,
}

function Named({ name }: { name: string }) {
  const { data, refetch } = useQuery(list)
  const isMissing = data !== undefined && !data.includes(name)
  const isAsked = useAskedAgain(isMissing, name, refetch)
  if (isMissing) return isAsked ? 'not found' : 'waiting'
  return data ? 'here' : 'waiting'
}

test('what a list does not have is asked for once before it is not found, and anew whenever one comes to it', async () => {
  const client = new QueryClient()
  const draw = (name: string) =>
    page.draw(
      <QueryClientProvider client={client}>
        <Named name={name} />
      </QueryClientProvider>,
    )
  const says = (words: string) => vi.waitFor(() => expect(page.host.textContent).toBe(words))
  draw('1')
  await says('here')
  expect(server.asked).toBe(1)

  // Somebody added it since.
  server.has.push('2')
  expect(draw('2').textContent).toBe('waiting')
  await says('here')
  expect(server.asked).toBe(2)

  expect(draw('3').textContent).toBe('waiting')
  await says('not found')
  expect(server.asked).toBe(3)
  expect(draw('4').textContent).toBe('waiting')
  await says('not found')
  draw('1')
  await says('here')
  server.has.push('4')
  expect(draw('4').textContent).toBe('waiting')
  await says('here')
  expect(server.asked).toBe(5)
})

test('where the list is on its way already, nobody asks a second time', async () => {
  const client = new QueryClient()
  server.asked = 0
  client.setQueryData(list.queryKey, ['old'], { updatedAt: 0 })
  page.draw(
    <QueryClientProvider client={client}>
      <Named name="nowhere" />
    </QueryClientProvider>,
  )
  await vi.waitFor(() => expect(page.host.textContent).toBe('not found'))
  expect(server.asked).toBe(1)
})
