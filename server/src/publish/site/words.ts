import type { WrittenLanguage } from '@cabildo/protocol/names'
import { type CommitmentWords, commitmentWords } from './words/commitment.ts'
import { type ConsultationWords, consultationWords } from './words/consultation.ts'
import { type HistoryWords, historyWords } from './words/history.ts'
import { type InputWords, inputWords } from './words/inputs.ts'
import { type MeetingWords, meetingWords } from './words/meetings.ts'
import { type PageWords, pageWords } from './words/page.ts'
import { type PlanWords, planWords } from './words/plan.ts'
import { type RecordWords, recordWords } from './words/record.ts'

/** The words of the public pages in one language. */
export interface SiteWords
  extends PageWords,
    PlanWords,
    CommitmentWords,
    HistoryWords,
    MeetingWords,
    InputWords,
    ConsultationWords,
    RecordWords {}

const wordsIn = (language: WrittenLanguage): SiteWords => ({
  ...pageWords[language],
  ...planWords[language],
  ...commitmentWords[language],
  ...historyWords[language],
  ...meetingWords[language],
  ...inputWords[language],
  ...consultationWords[language],
  ...recordWords[language],
})

/** The words of the public pages by language. */
export const siteWords: Record<WrittenLanguage, SiteWords> = { es: wordsIn('es'), en: wordsIn('en') }
