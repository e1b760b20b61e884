import { logContract, seed, seedClient } from '../log.contract.ts'
import type { Writer } from '../ports.ts'
import { createMemoryLog } from './memory-log.ts'

const writer = (userId: string): Writer => ({ userId, sessionId: null, groupId: null })

logContract('memory', async () => {
  const log = createMemoryLog()
  let made = 0
  log.setWriters((userId) => userId !== 'reader')
  return {
    log,
    writers: { ana: writer('ana'), beto: writer('beto'), reader: writer('reader') },
    async newDocument() {
      const documentId = `document ${++made}`
      log.create(documentId)
      await log.append([
        {
          documentId,
          planId: 'plan',
          epoch: 1,
          baseSeq: 0,
          rows: [{ writer: writer('carla'), via: 'template', bytes: seed(), newClients: [seedClient] }],
        },
      ])
      return documentId
    },
    async setStatus(documentId, status) {
      log.setStatus(documentId, status)
    },
  }
})
