import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { coverageQuery, type SaidBeside, useMakeInput } from './api.ts'

interface MakeInputProps {
  slug: string
  said: SaidBeside
  /** What it is about, for who hears the button alone. */
  about: string
}

/** Makes what was said beside a text an input, and goes there; nothing for who neither answers inputs nor brings for others. */
export default function MakeInput({ slug, said, about }: MakeInputProps) {
  const { t } = useTranslation('inputs')
  const refusal = useRefusalWords()
  const navigate = useNavigate()
  const { data } = useQuery({ ...coverageQuery(slug), retry: false })
  const make = useMakeInput(slug)
  if (!data?.may.answer && !data?.may.bringFor) return null
  const go = async () => {
    const { number } = await make.mutateAsync(said)
    await navigate({ to: '/plans/$slug/inputs/$number', params: { slug, number: String(number) } })
  }
  return (
    <>
      <Button
        variant="subtle"
        px="xs"
        fz="sm"
        loading={make.isPending}
        aria-label={t('make.of', { about })}
        onClick={() => void go().catch(() => undefined)}
      >
        {t('make.button')}
      </Button>
      {make.isError && <Notice tone="problem" urgent {...refusal(make.error)} />}
    </>
  )
}
