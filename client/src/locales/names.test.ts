import {
  commitmentStateNames,
  completionNames,
  groupKindNames,
  meetingModeNames,
  milestoneStatusNames,
  outcomeNames,
  sectorNames,
} from '@cabildo/protocol/names'
import { expect, test } from 'vitest'
import commonEn from './en/common.json' with { type: 'json' }
import inputsEn from './en/inputs.json' with { type: 'json' }
import meetingsEn from './en/meetings.json' with { type: 'json' }
import peopleEn from './en/people.json' with { type: 'json' }
import plansEn from './en/plans.json' with { type: 'json' }
import progressEn from './en/progress.json' with { type: 'json' }
import commonEs from './es/common.json' with { type: 'json' }
import inputsEs from './es/inputs.json' with { type: 'json' }
import meetingsEs from './es/meetings.json' with { type: 'json' }
import peopleEs from './es/people.json' with { type: 'json' }
import plansEs from './es/plans.json' with { type: 'json' }
import progressEs from './es/progress.json' with { type: 'json' }

const screens = {
  es: {
    ...{ common: commonEs, inputs: inputsEs, meetings: meetingsEs },
    people: peopleEs,
    plans: plansEs,
    progress: progressEs,
  },
  en: {
    ...{ common: commonEn, inputs: inputsEn, meetings: meetingsEn },
    people: peopleEn,
    plans: plansEn,
    progress: progressEn,
  },
}

/** As files and pages print them. */
const printed = (words: object): object =>
  Object.fromEntries(Object.entries(words).map(([key, word]) => [key, String(word).replaceAll("'", '’')]))

test.each(['es', 'en'] as const)('files and pages call a thing what the screens call it (%s)', (language) => {
  const { common, inputs, meetings, people, plans, progress } = screens[language]
  expect(sectorNames[language]).toEqual(printed(common.sector))
  expect(groupKindNames[language]).toEqual(printed(people.kind))
  expect(commitmentStateNames[language]).toEqual(printed(plans.state))
  expect(milestoneStatusNames[language]).toEqual(printed(progress.status))
  expect(completionNames[language]).toEqual(printed(progress.level))
  expect(meetingModeNames[language]).toEqual(printed(meetings.mode))
  expect(printed(inputs.standing)).toMatchObject(outcomeNames[language])
})
