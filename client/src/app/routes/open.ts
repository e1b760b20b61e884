import { safeNext } from '@cabildo/protocol/safe-next'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { serviceQuery, sessionQuery } from '../../features/session/api.ts'
import { type OpenIdOutcome, openIdOutcome } from '../../features/session/model.ts'
import { withWords } from '../../locales/late.ts'
import { root } from './root.ts'

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search): { next?: string; openid?: OpenIdOutcome } => {
    const next = safeNext(search.next)
    const openid = openIdOutcome(search.openid)
    return { ...(next === '/' ? {} : { next }), ...(openid ? { openid } : {}) }
  },
  loader: ({ context }) => void context.client.prefetchQuery(serviceQuery),
  component: lazyRouteComponent(withWords(['session'], () => import('../pages/login.tsx'))),
})

/** Where a one-time link leads. Its secret stands behind the #, and reaches no server. */
const link = createRoute({
  getParentRoute: () => root,
  path: '/link',
  loader: ({ context }) => void context.client.prefetchQuery(sessionQuery),
  component: lazyRouteComponent(withWords(['account', 'session'], () => import('../pages/link.tsx'))),
})

const rights = createRoute({
  getParentRoute: () => root,
  path: '/help/rights',
  component: lazyRouteComponent(withWords(['people'], () => import('../pages/rights.tsx'))),
})

const recordHelp = createRoute({
  getParentRoute: () => root,
  path: '/help/record',
  component: lazyRouteComponent(withWords(['record'], () => import('../pages/record-help.tsx'))),
})

/** Where anybody checks the file of a record, without an account and without a network. */
const verify = createRoute({
  getParentRoute: () => root,
  path: '/verificar',
  component: lazyRouteComponent(withWords(['record'], () => import('../pages/verify.tsx'))),
})

/** Where the QR code of a workshop leads. Its token stands behind the #, and reaches no server by the address. */
const join = createRoute({
  getParentRoute: () => root,
  path: '/unirse',
  loader: ({ context }) => void context.client.prefetchQuery(sessionQuery),
  component: lazyRouteComponent(withWords(['workshops'], () => import('../pages/join.tsx'))),
})

/** Where the QR code of a receipt leads. Its code stands behind the #, and reaches no server by the address. */
const receipt = createRoute({
  getParentRoute: () => root,
  path: '/recibo',
  component: lazyRouteComponent(withWords(['plans', 'receipts'], () => import('../pages/receipt.tsx'))),
})

/** Where a letter leads whoever wants no more. Its token stands behind the #, and reaches no server by the address. */
const stopLetters = createRoute({
  getParentRoute: () => root,
  path: '/sin-cartas',
  component: lazyRouteComponent(withWords(['news'], () => import('../pages/stop-letters.tsx'))),
})

/** The pages that are there for everybody, and the ways in. */
export const openRoutes = [login, link, rights, recordHelp, verify, join, receipt, stopLetters] as const
