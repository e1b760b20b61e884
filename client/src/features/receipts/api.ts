import { queryOptions, useMutation } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { patience } from './model.ts'

/** A receipt by its code, asked for again until it is signed. */
export const receiptQuery = (code: string) =>
  queryOptions({
    queryKey: queryKeys.receipt(code),
    queryFn: ({ signal }) => call('POST /api/receipts/look', { body: { code }, signal }),
    refetchInterval: ({ state }) =>
      state.data && state.data.proof === null ? (patience(state.dataUpdateCount) ?? false) : false,
  })

/** Takes a receipt for what one wrote in a document. */
export const useTakeReceipt = () =>
  useMutation({
    mutationFn: (documentId: string) => call('POST /api/documents/:documentId/receipts', { params: { documentId } }),
  })

/** Takes the receipts of the guests who wrote from this phone. */
export const useTakeOnPhone = () => useMutation({ mutationFn: () => call('POST /api/device/receipts') })
