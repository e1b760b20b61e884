import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { lookAgain } from './look-again.ts'

const queryKey = ['beside', 'threads']

/** A list that is asked for ahead and then shown; `answer` answers the oldest request that waits. */
function ask(client: QueryClient) {
  const waiting: ((words: string) => void)[] = []
  const queryFn = () => new Promise<string>((resolve) => waiting.push(resolve))
  void client.prefetchQuery({ queryKey, queryFn })
  const stop = new QueryObserver(client, { queryKey, queryFn, staleTime: 60_000 }).subscribe(() => {})
  return { waiting, answer: (words: string) => waiting.shift()?.(words), stop }
}

test('news that comes while the first answer is on its way has it asked for again once that is there', async () => {
  const client = new QueryClient()
  const { waiting, answer, stop } = ask(client)
  const looked = lookAgain(client, queryKey)
  expect(waiting).toHaveLength(1)
  answer('before the news')
  await expect.poll(() => waiting.length).toBe(1)
  answer('with it')
  await looked
  expect(client.getQueryData(queryKey)).toBe('with it')
  stop()
})

test('what is known is asked for again at once', async () => {
  const client = new QueryClient()
  const { waiting, answer, stop } = ask(client)
  answer('old')
  await expect.poll(() => client.getQueryData(queryKey)).toBe('old')
  const looked = lookAgain(client, queryKey)
  expect(waiting).toHaveLength(1)
  answer('new')
  await looked
  expect(client.getQueryData(queryKey)).toBe('new')
  stop()
})
