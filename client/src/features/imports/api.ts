import type { ImportPreview } from '@cabildo/protocol/http/imports'
import { useMutation } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import type { ChosenPart } from './model.ts'

/** Has a file read; nothing is stored. */
export function useReadFile(documentId: string) {
  return useMutation({
    mutationFn: (file: Blob): Promise<ImportPreview> =>
      call('POST /api/documents/:documentId/imports', { params: { documentId }, file }),
  })
}

/**
 * Writes parts into the document: the room brings them to everybody, as any edit. `key` is of one writing: sent again with the
 * same parts it writes nothing and gives the same answer, and with others it writes nothing either.
 */
export function useWriteParts(documentId: string) {
  return useMutation({
    mutationFn: (body: { key: string; parts: ChosenPart[] }) =>
      call('POST /api/documents/:documentId/imports/apply', { params: { documentId }, body }),
  })
}
