import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReceiptPage } from '../../features/receipts/receipt-page.tsx'
import { usePageTitle } from '../use-page-title.ts'

/**
 * A receipt, for whoever has its code. The code stands behind the #, where no server and no log sees it, and is taken out
 * of the address at once, so that it is not passed on with a picture of the screen.
 */
export default function ReceiptRoute() {
  const { t } = useTranslation('receipts')
  const navigate = useNavigate()
  const hash = useLocation({ select: (location) => location.hash })
  const [code, setCode] = useState<string | undefined>(() => hash || undefined)
  usePageTitle(t('title'))

  useEffect(() => {
    if (!hash) return
    setCode(hash)
    void navigate({ to: '/recibo', hash: '', replace: true, resetScroll: false })
  }, [hash, navigate])

  // Another code is another receipt: nothing of the one before stays.
  return <ReceiptPage code={code} onCode={setCode} />
}
