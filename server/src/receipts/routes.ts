import { Hono } from 'hono'
import { networkOf } from '../http/address.ts'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { createDeviceCookie } from '../workshops/device/cookie.ts'
import { type ReceiptDeps, readReceipt, takeInputReceipt, takeOnPhone, takeReceipt } from './service.ts'

/** Taking a receipt for what one wrote, and reading one by its code alone. */
export function receiptRoutes(deps: ReceiptDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'POST /api/documents/:documentId/receipts', ({ actor, params }) =>
    takeReceipt(deps, actor, params.documentId),
  )

  operation(app, 'POST /api/plans/:planId/inputs/:inputId/receipts', ({ actor, params }) =>
    takeInputReceipt(deps, actor, params),
  )

  const deviceCookie = createDeviceCookie({ secure: deps.config.baseUrl.startsWith('https:') })
  operation(app, 'POST /api/device/receipts', async ({ actor }, c) => ({
    items: await takeOnPhone(deps, { network: networkOf(c.var.address), actor, device: deviceCookie.read(c) }),
  }))

  operation(app, 'POST /api/receipts/look', ({ body }, c) => readReceipt(deps, networkOf(c.var.address), body.code))

  return app
}
