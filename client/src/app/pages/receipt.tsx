import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whoseReceipts } from '../../features/receipts/kept.ts'
import { ReceiptPage } from '../../features/receipts/receipt-page.tsx'
import { sessionQuery } from '../../features/session/api.ts'
import { usePageTitle } from '../use-page-title.ts'

const route = getRouteApi('/recibo')

/**
 * A receipt, for whoever has its code. The code stands behind the #, where no server and no log sees it, and is taken out
 * of the address at once, so that it is not passed on with a picture of the screen.
 */
export default function ReceiptRoute() {
  const { t } = useTranslation('receipts')
  const navigate = useNavigate()
  const hash = useLocation({ select: (location) => location.hash })
  const [code, setCode] = useState<string | undefined>(() => hash || undefined)
  const { memory } = route.useRouteContext()
  // Who is here as far as this device knows: a receipt is nobody's to sign in for, and the page asks no one.
  const user = useQuery({ ...sessionQuery, enabled: false }).data
  const whose = useMemo(() => whoseReceipts(user, memory.lastGuest()), [user, memory])
  usePageTitle(t('title'))

  useEffect(() => {
    if (!hash) return
    setCode(hash)
    void navigate({ to: '/recibo', hash: '', replace: true, resetScroll: false })
  }, [hash, navigate])

  // Another code is another receipt: nothing of the one before stays.
  return <ReceiptPage code={code} whose={whose} onCode={setCode} />
}
