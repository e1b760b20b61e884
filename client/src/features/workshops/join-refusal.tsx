import { useTranslation } from 'react-i18next'
import { Refusal, refusalCode } from '../../lib/refusal.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import type { WayIn } from './api.ts'
import { waitOf } from './model.ts'

interface JoinRefusalProps {
  error: Error
  way: WayIn | undefined
  /** Signed in with an account. */
  member: boolean
  children?: React.ReactNode
}

/** Why somebody did not come in, calmly, with what to do; what they typed is still there. */
export function JoinRefusal({ error, way, member, children }: JoinRefusalProps) {
  const { t } = useTranslation('workshops')
  const words = useRefusalWords()
  const code = refusalCode(error)
  if (code === 'link_gone') {
    const by = way && 'token' in way ? 'qr' : 'code'
    return (
      <Notice tone="care" urgent what={t(`refused.gone.${by}`)} todo={t('refused.goneTodo')}>
        {children}
      </Notice>
    )
  }
  if (code === 'throttled') {
    const wait = waitOf(error instanceof Refusal ? error.retryAfter : undefined)
    const todo = wait ? t(`refused.${wait.unit}`, { count: wait.count }) : words(error).todo
    return <Notice tone="care" urgent what={t('refused.throttled')} kept={t('refused.kept')} todo={todo} />
  }
  if (code === 'taken_out') {
    const who = member ? 'account' : 'phone'
    return <Notice tone="care" urgent what={t(`refused.out.${who}`)} todo={t('refused.outTodo')} />
  }
  if (code === 'conflict') {
    const who = member ? 'account' : 'phone'
    return <Notice tone="care" urgent what={t(`refused.${who}.what`)} todo={t(`refused.${who}.todo`)} />
  }
  return (
    <Notice tone="problem" urgent {...words(error)} kept={t('refused.kept')}>
      {children}
    </Notice>
  )
}
