import type { ExportList } from '@cabildo/protocol/http/exports'
import { Button, NativeSelect } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { fileAddress } from './api.ts'
import { DownloadWords } from './download-words.tsx'
import { EvidencePart } from './evidence-part.tsx'
import classes from './exports.module.css'
import { useDownload } from './use-download.ts'

/** Files by what they are for. */
const parts = {
  read: ['plan.pdf', 'plan.docx', 'plan.html', 'plan.md'],
  ogp: ['ogp-form.html', 'ogp-form.csv', 'requirements.pdf', 'requirements.html', 'requirements.json'],
  tables: ['commitments.csv', 'milestones.csv', 'inputs.csv', 'groups.csv', 'meetings.csv'],
  programs: ['plan.json'],
} as const

type FileName = (typeof parts)[keyof typeof parts][number]

/** What is said of each file. */
const about = {
  ...({ 'plan.pdf': 'pdf', 'plan.docx': 'docx', 'plan.html': 'html', 'plan.md': 'md', 'plan.json': 'json' } as const),
  ...({ 'ogp-form.html': 'form', 'ogp-form.csv': 'form', 'requirements.pdf': 'requirements' } as const),
  ...({ 'requirements.html': 'requirements', 'requirements.json': 'requirements', 'commitments.csv': 'csv' } as const),
  ...({ 'milestones.csv': 'csv', 'inputs.csv': 'csv', 'groups.csv': 'csv', 'meetings.csv': 'csv' } as const),
} satisfies Record<FileName, string>

/** Everything a plan can be taken along as. */
export function ExportsView({ slug, list }: { slug: string; list: ExportList }) {
  const { t } = useTranslation('exports')
  const [text, setText] = useState<'working' | 'public'>('working')
  const offered = new Set(list.files.map(({ name }) => name))
  return (
    <div className={classes.parts}>
      {list.published && (
        <NativeSelect
          className={classes.choice}
          label={t('text.label')}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value === 'public' ? 'public' : 'working')}
          data={(['working', 'public'] as const).map((value) => ({ value, label: t(`text.${value}`) }))}
        />
      )}
      {(['read', 'ogp', 'tables', 'programs'] as const).map((part) => (
        <section key={part} aria-labelledby={`part-${part}`} className={classes.part}>
          <h2 id={`part-${part}`}>{t(`part.${part}`)}</h2>
          {/* biome-ignore lint/a11y/noRedundantRoles: some screen readers drop the list where CSS removes the marker */}
          <ul className={classes.list} role="list">
            {parts[part]
              .filter((name) => offered.has(name))
              .map((name) => (
                // Another text is another file: what is told of the one before is told no more.
                <FileRow key={`${name} ${text}`} slug={slug} name={name} text={text} />
              ))}
          </ul>
          {part === 'programs' && (
            <p>
              <a href="/api/schemas/plan-1.json">{t('schema')}</a>
            </p>
          )}
        </section>
      ))}
      <EvidencePart slug={slug} may={list.evidence} />
    </div>
  )
}

function FileRow({ slug, name, text }: { slug: string; name: FileName; text: string }) {
  const { t } = useTranslation('exports')
  const language = useLanguage()
  const { download, start, stop } = useDownload()
  const isComing = download.state === 'coming'
  const words = t(`file.${name}`)
  return (
    <li className={classes.row}>
      <div className={classes.told}>
        <p className={classes.name}>{words}</p>
        <p className={classes.soft}>{t(`about.${about[name]}`)}</p>
        <DownloadWords download={download} />
      </div>
      <Button
        variant="default"
        aria-label={isComing ? undefined : t('downloadOf', { name: words })}
        leftSection={isComing ? undefined : <IconDownload aria-hidden size={20} />}
        onClick={() => (isComing ? stop() : void start(fileAddress(slug, name, { language, text })))}
      >
        {t(isComing ? 'stop' : 'download')}
      </Button>
    </li>
  )
}
