import type { Plan } from '@cabildo/protocol/http/api'
import type { Input } from '@cabildo/protocol/http/inputs'
import { Button, NativeSelect } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dayWords } from '../../lib/dates.ts'
import { planLanguage, useLanguage } from '../../lib/language.ts'
import { backToPlan, textAddress, textTitle } from '../../lib/text-address.ts'
import { NotLoaded } from '../../ui/late/not-loaded.tsx'
import { PageHead } from '../../ui/late/page-head.tsx'
import { PlanWords } from '../../ui/late/plan-words.tsx'
import { usePersonWords } from '../../ui/person-words.ts'
import { StatusChip } from '../../ui/status-chip.tsx'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import { coverageQuery, matrixAddress, useInputs } from './api.ts'
import { Coverage } from './coverage.tsx'
import classes from './inputs.module.css'
import { Option } from './option.tsx'
import { PromiseForm } from './promise-form.tsx'
import type { InputsSearch } from './search.ts'
import { InputOutcomes, InputStates, isHeld, SoughtChannels, standing } from './words.ts'

interface InputsViewProps {
  plan: Plan
  search: InputsSearch
  onSearch: (next: InputsSearch) => void
  /** Goes to the first of the queue of those without an answer. */
  onAnswer: () => void
}

/** What people brought to a plan, with its answers, narrowed as the address says, under how much of it has an answer. */
export function InputsView({ plan, search, onSearch, onAnswer }: InputsViewProps) {
  const { slug } = plan
  const { t } = useTranslation('inputs')
  const language = useLanguage()
  const coverage = useQuery({ ...coverageQuery(slug), retry: false })
  const { commitment, mine, ...rest } = search
  const document = plan.commitments.find(({ number }) => number === commitment)
  const inputs = useInputs(slug, {
    ...rest,
    ...(document && { documentId: document.documentId }),
    ...(mine && { mine: 'true' as const }),
  })
  const may = coverage.data?.may
  return (
    <div className={classes.page}>
      <PageHead {...backToPlan(plan)} title={t('title')}>
        <p>{t('lead')}</p>
        <div className={classes.ways}>
          <Button renderRoot={(props) => <Link to="/plans/$slug/inputs/new" params={{ slug }} {...props} />}>
            {t('add')}
          </Button>
          {may?.answer && (
            <Button variant="default" onClick={onAnswer}>
              {t('queue')}
            </Button>
          )}
          {(['csv', 'pdf'] as const).map((kind) => (
            <a key={kind} href={matrixAddress(slug, kind, language)} download className={classes.back}>
              <IconDownload aria-hidden size={20} />
              {t(`matrix.${kind}`)}
            </a>
          ))}
        </div>
      </PageHead>
      {coverage.data && <Coverage coverage={coverage.data} />}
      {coverage.data && may?.set && (
        <PromiseForm
          key={`${coverage.data.answeredShare} ${coverage.data.answerDays}`}
          slug={slug}
          coverage={coverage.data}
        />
      )}
      <search aria-label={t('filter.title')} className={classes.filters}>
        <NativeSelect
          label={t('filter.state')}
          value={search.state ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onSearch({ ...search, state: InputStates.find((one) => one === value) })
          }
          data={[
            { value: '', label: t('filter.all') },
            ...InputStates.map((one) => ({ value: one, label: t(`filter.${one}`) })),
          ]}
        />
        <NativeSelect
          label={t('filter.commitment')}
          value={String(search.commitment ?? '')}
          onChange={({ currentTarget: { value } }) =>
            onSearch({ ...search, commitment: value === '' ? undefined : Number(value) })
          }
          data={[
            { value: '', label: t('filter.all') },
            ...plan.commitments.map(({ number, title }) => ({ value: String(number), label: `${number}. ${title}` })),
          ]}
        />
        <NativeSelect
          label={t('filter.outcome')}
          value={search.outcome ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onSearch({ ...search, outcome: InputOutcomes.find((one) => one === value) })
          }
          data={[
            { value: '', label: t('filter.all') },
            ...InputOutcomes.map((one) => ({ value: one, label: t(`standing.${one}`) })),
          ]}
        />
        <NativeSelect
          label={t('filter.channel')}
          value={search.channel ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onSearch({ ...search, channel: SoughtChannels.find((one) => one === value) })
          }
          data={[
            { value: '', label: t('filter.all') },
            ...SoughtChannels.map((one) => ({ value: one, label: t(`channel.${one}`) })),
          ]}
        />
        <Option
          type="checkbox"
          label={t('filter.mine')}
          checked={search.mine ?? false}
          onChange={({ currentTarget: { checked } }) => onSearch({ ...search, mine: checked ? true : undefined })}
        />
      </search>
      <Listed inputs={inputs} slug={slug} />
    </div>
  )
}

/** What is known of the list by now. */
function Listed({ inputs, slug }: { inputs: ReturnType<typeof useInputs>; slug: string }) {
  const { t } = useTranslation('inputs')
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = inputs
  if (!data) {
    if (!error) return <Waiting skeleton={<Bone height="16rem" />} />
    return <NotLoaded error={error} urgent onRetry={() => void refetch()} />
  }
  return (
    <>
      <p role="status" className={data.length === 0 ? undefined : 'cb-hidden'}>
        {data.length === 0 ? t('none') : t('shown', { count: data.length })}
      </p>
      {data.length > 0 && (
        <ol className={classes.list}>
          {data.map((input) => (
            <li key={input.id} className={classes.item}>
              <div className={classes.title}>
                <Link to="/plans/$slug/inputs/$number" params={{ slug, number: String(input.number) }}>
                  {t('one', { number: input.number })}
                </Link>
                <span>
                  {isHeld(input) && <StatusChip tone="waiting">{t('filter.held')}</StatusChip>}{' '}
                  <Standing input={input} />
                </span>
              </div>
              <p className={classes.words} lang={input.language}>
                {input.words}
              </p>
              <Told slug={slug} input={input} />
              {[...new Map(input.links.map(({ document }) => [document.id, document])).values()].map((document) => (
                <p key={document.id}>
                  <Link {...textAddress(slug, document.number)} lang={planLanguage}>
                    {textTitle(document)}
                  </Link>
                </p>
              ))}
            </li>
          ))}
        </ol>
      )}
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Where an input stands, as a word, a colour and a shape. */
export function Standing({ input }: { input: Input }) {
  const { t } = useTranslation('inputs')
  const { word, tone } = standing(input)
  return <StatusChip tone={tone}>{t(`standing.${word}`)}</StatusChip>
}

/** How, from whom, where and when something was brought, and until when an answer is promised. */
export function Told({ slug, input }: { slug: string; input: Input }) {
  const { t } = useTranslation('inputs')
  const language = useLanguage()
  const nameOf = usePersonWords()
  const { channel, from, typedBy, place, saidOn, dueOn, answers, takenBackAt, meeting } = input
  const told = [
    t(`channel.${channel}`),
    nameOf(from),
    ...(typedBy ? [t('typedBy', { name: nameOf(typedBy, true) })] : []),
    ...(place === null ? [] : [place]),
    dayWords(saidOn, language, 'UTC'),
  ]
  return (
    <>
      <p className={classes.soft}>{told.join(' · ')}</p>
      {meeting && (
        <p>
          <Link
            to="/plans/$slug/meetings/$number"
            params={{ slug, number: String(meeting.number) }}
            className={classes.alone}
          >
            {/* One line of words, whatever parts it has. */}
            <span>
              <PlanWords words={meeting.title} of={(title) => t('meeting', { number: meeting.number, title })} />
            </span>
          </Link>
        </p>
      )}
      {takenBackAt === null && answers.length === 0 && (
        <p className={classes.soft}>{t('due', { day: dayWords(dueOn, language, 'UTC') })}</p>
      )}
    </>
  )
}
