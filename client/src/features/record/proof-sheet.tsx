import type { Plan } from '@cabildo/protocol/http/api'
import type { RecordProof } from '@cabildo/protocol/http/record'
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import facts from '../../ui/late/facts.module.css'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Time } from '../../ui/time.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { entryQuery } from './api.ts'
import { CheckPart } from './check-part.tsx'
import classes from './proof-sheet.module.css'
import { useTypeWords } from './use-type-words.ts'

interface ProofSheetProps {
  slug: string
  plan: Pick<Plan, 'id' | 'recordKey'>
  seq: number
  /** What the entry tells, where the list knows it. */
  sentence: string | undefined
  onClose: () => void
}

/** One entry with its proof: checked on this device, and taken along in files. */
export function ProofSheet({ slug, plan, seq, sentence, onClose }: ProofSheetProps) {
  const { t } = useTranslation('record')
  const { t: common } = useTranslation()
  const { data, error, refetch } = useQuery(entryQuery(slug, seq))
  return (
    <Sheet title={t('entry', { seq })} size="lg" onClose={onClose}>
      <div className={classes.sheet}>
        {sentence && <p className={classes.sentence}>{sentence}</p>}
        {data ? (
          <>
            <CheckPart
              answer={data}
              expected={{ key: plan.recordKey, planId: plan.id, seq }}
              onRenew={async () => (await refetch()).data}
            />
            <Told answer={data} />
            <Files slug={slug} answer={data} />
          </>
        ) : error ? (
          <NotLoaded error={error} urgent onRetry={() => void refetch()} />
        ) : (
          <Waiting skeleton={<Bone height="12rem" />} onLeave={onClose} leaveLabel={common('close')} />
        )}
      </div>
    </Sheet>
  )
}

/** Most of a content that is drawn; the file has it all. */
const mostShown = 20_000

/** What the entry says, word for word. */
function Told({ answer: { entry, hash, index, sealed } }: { answer: RecordProof }) {
  const { t } = useTranslation('record')
  const typeWords = useTypeWords()
  const { at, type, content } = JSON.parse(entry) as { at: string; type: string; content?: { sha256: string } }
  return (
    <>
      <dl className={facts.facts}>
        <dt>{t('proofOf.kind')}</dt>
        <dd>{typeWords(type)}</dd>
        <dt>{t('proofOf.at')}</dt>
        <dd>
          <Time value={at} as="moment" />
        </dd>
        <dt>{t('proofOf.place')}</dt>
        <dd>{index === null ? t('proofOf.noPlace') : index + 1}</dd>
        <dt>{t('proofOf.hash')}</dt>
        <dd>
          <code>{hash}</code>
        </dd>
        {content && (
          <>
            <dt>{t('proofOf.version')}</dt>
            <dd>
              <code>{content.sha256}</code>
            </dd>
          </>
        )}
      </dl>
      <details className={classes.exact}>
        <summary>{t('proofOf.exact')}</summary>
        <pre>{entry}</pre>
      </details>
      {sealed && (
        <details className={classes.exact}>
          <summary>{t('proofOf.content')}</summary>
          {sealed.payload.length > mostShown && <p>{t('proofOf.contentLong')}</p>}
          <pre>{sealed.payload.slice(0, mostShown)}</pre>
        </details>
      )}
    </>
  )
}

/** The entry and its proof as files, to be checked elsewhere. */
function Files({ slug, answer }: { slug: string; answer: RecordProof }) {
  const { t } = useTranslation('record')
  const { entry, proof, seq, sealed } = answer
  const name = `${slug}-${seq}`
  return (
    <div className={classes.files}>
      {proof !== null && (
        <Button
          variant="default"
          leftSection={<IconDownload aria-hidden size={20} />}
          onClick={() => save(`${name}.tlog-proof`, proof)}
        >
          {t('proofOf.proofFile')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconDownload aria-hidden size={20} />}
        onClick={() => save(`${name}.json`, JSON.stringify({ entry, sealed }, null, 2))}
      >
        {t('proofOf.entryFile')}
      </Button>
    </div>
  )
}

function save(name: string, text: string): void {
  const link = document.createElement('a')
  link.download = name
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }))
  link.click()
  // The browser has its own hold of it once the download has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
