import type { Input, InputCoverage, ModerationVerdict } from '@cabildo/protocol/http/inputs'
import { queryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { type CallInput, call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** What of a plan's inputs is asked for. */
export type InputsQuery = Omit<
  NonNullable<CallInput<'GET /api/plans/:planId/inputs'>['query']>,
  'cursor' | 'limit' | 'above'
>

/** The inputs of a plan by number, page by page. */
export function useInputs(slug: string, query: InputsQuery) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.inputs(slug), 'list', query],
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/plans/:planId/inputs', {
        params: { planId: slug },
        query: { ...query, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }): Input[] => pages.flatMap(({ items }) => items),
  })
}

/** One input by its number; null when there is none that the reader may see. */
export const inputQuery = (slug: string, number: number) =>
  queryOptions({
    queryKey: [...queryKeys.inputs(slug), 'one', number],
    queryFn: async ({ signal }): Promise<Input | null> => {
      const query = { above: number - 1, limit: 1 }
      const { items } = await call('GET /api/plans/:planId/inputs', { params: { planId: slug }, query, signal })
      return items.find((input) => input.number === number) ?? null
    },
  })

/**
 * The next input without an answer after a number, else the first of all; null when every other one has one. Their order is
 * that of their numbers, which is that of their due dates.
 */
export async function findNext(slug: string, number: number): Promise<number | null> {
  for (const above of [number, 0]) {
    const query = { state: 'unanswered' as const, above, limit: 2 }
    const { items } = await call('GET /api/plans/:planId/inputs', { params: { planId: slug }, query })
    const next = items.find((input) => input.number !== number)
    if (next) return next.number
  }
  return null
}

/** How much of what was brought has an answer. */
export const coverageQuery = (slug: string) =>
  queryOptions({
    queryKey: [...queryKeys.inputs(slug), 'coverage'],
    queryFn: ({ signal }) => call('GET /api/plans/:planId/inputs/coverage', { params: { planId: slug }, signal }),
  })

/** Where the matrix of a plan's inputs and answers is downloaded: for a spreadsheet, or to be printed. */
export const matrixAddress = (slug: string, kind: 'csv' | 'pdf', language: string): string =>
  `/api/plans/${encodeURIComponent(slug)}/inputs/matrix.${kind}?language=${language}`

type AnswerBody = CallInput<'POST /api/plans/:planId/inputs/:inputId/answers'>['body']

/** Answers an input; lists and counts are asked for again. */
export function useAnswer(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, body }: { id: Input['id']; body: AnswerBody }) =>
      call('POST /api/plans/:planId/inputs/:inputId/answers', { params: { planId: slug, inputId: id }, body }),
    // Also when it was refused: somebody else may have answered.
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.inputs(slug) }),
  })
}

/** What can be done with an input besides answering it. */
export type InputAct =
  | { act: 'takeBack' }
  | { act: 'forgetName' }
  | { act: 'moderate'; verdict: ModerationVerdict; reason: string }
  | { act: 'link'; documentId: string; field: string | undefined }
  | { act: 'unlink'; link: number }

/**
 * Takes an input back, deletes the name on it, shows it to the public or not, links it to a commitment or a field of one, or
 * takes such a link away.
 */
export function useInputAct(slug: string, inputId: Input['id']) {
  const client = useQueryClient()
  const params = { planId: slug, inputId }
  return useMutation({
    mutationFn: (act: InputAct): Promise<Input> => {
      if (act.act === 'takeBack') return call('DELETE /api/plans/:planId/inputs/:inputId', { params })
      if (act.act === 'forgetName') return call('DELETE /api/plans/:planId/inputs/:inputId/name', { params })
      if (act.act === 'moderate') {
        const { verdict, reason } = act
        return call('POST /api/plans/:planId/inputs/:inputId/moderation', { params, body: { verdict, reason } })
      }
      if (act.act === 'unlink')
        return call('DELETE /api/plans/:planId/inputs/:inputId/links/:link', { params: { ...params, link: act.link } })
      const { documentId, field } = act
      // The plan's own id of a document.
      const body = { documentId: documentId as Input['links'][number]['document']['id'], ...(field && { field }) }
      return call('POST /api/plans/:planId/inputs/:inputId/links', { params, body })
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.inputs(slug) }),
  })
}

/** Takes the receipt of an input; again, it is the same one. */
export const useTakeReceipt = (slug: string, inputId: Input['id']) =>
  useMutation({
    mutationFn: () => call('POST /api/plans/:planId/inputs/:inputId/receipts', { params: { planId: slug, inputId } }),
  })

/** Something said beside a text that can be made an input. */
export type SaidBeside = { documentId: string } & ({ proposalId: string } | { threadId: string })

/** Makes a proposal or the comment that opened a thread an input; again, it is the same one. */
export function useMakeInput(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (said: SaidBeside): Promise<Input> =>
      'proposalId' in said
        ? call('POST /api/documents/:documentId/proposals/:proposalId/input', { params: said })
        : call('POST /api/documents/:documentId/threads/:threadId/input', { params: said }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.inputs(slug) }),
  })
}

/** Sets what the plan promises about answers. */
export function usePromise(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Pick<InputCoverage, 'answeredShare' | 'answerDays'>) =>
      call('PUT /api/plans/:planId/inputs/promise', { params: { planId: slug }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.inputs(slug) }),
  })
}

/** The newest versions of a commitment: where an adopted idea shows. */
export const shownInQuery = (documentId: string) =>
  queryOptions({
    queryKey: [...queryKeys.versions(documentId), 'shown-in'],
    queryFn: async ({ signal }) =>
      (await call('GET /api/documents/:documentId/versions', { params: { documentId }, query: { limit: 50 }, signal }))
        .items,
  })

export type BringBody = CallInput<'POST /api/plans/:planId/inputs'>['body']

/** Brings inputs, all or none; the same keys again are written once. */
export const bring = (slug: string, inputs: BringBody['inputs']) =>
  call('POST /api/plans/:planId/inputs', { params: { planId: slug }, body: { inputs } })

/** Which stored inputs say much the same as each of these words. */
export const findAlike = async (slug: string, words: string[]) =>
  (await call('POST /api/plans/:planId/inputs/alike', { params: { planId: slug }, body: { words } })).items

/** Other inputs of a plan that say much the same as one. */
export const alikeQuery = (slug: string, { number, words }: Pick<Input, 'number' | 'words'>) =>
  queryOptions({
    queryKey: [...queryKeys.inputs(slug), 'alike', number],
    queryFn: async () =>
      (await findAlike(slug, [words])).flatMap(({ alike }) => alike.filter((other) => other.number !== number)),
    enabled: words !== '',
  })
