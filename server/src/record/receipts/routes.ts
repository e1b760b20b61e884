import { Hono } from 'hono'
import { networkOf } from '../../http/address.ts'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import { type ReceiptDeps, readReceipt, takeReceipt } from './service.ts'

/** Taking a receipt for what one wrote, and reading one by its code alone. */
export function receiptRoutes(deps: ReceiptDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'POST /api/documents/:documentId/receipts', ({ actor, params }) =>
    takeReceipt(deps, actor, params.documentId),
  )

  operation(app, 'POST /api/receipts/look', ({ body }, c) => readReceipt(deps, networkOf(c.var.address), body.code))

  return app
}
