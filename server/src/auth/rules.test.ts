import { Role } from '@cabildo/protocol/http/common'
import { expect, test } from 'vitest'
import { type Action, may, rights } from './rules.ts'

const table = `
                          coordinator facilitator drafter reviewer approver endorser monitor participant
plan.open                 yes         yes         yes     yes      yes      yes      yes     yes
plan.make                 yes         no          no      no       no       no       no      no
plan.describe             yes         no          no      no       no       no       no      no
plan.export               yes         yes         yes     yes      yes      yes      yes     no
evidence.export           yes         yes         no      no       no       no       yes     no
commitment.add            yes         yes         yes     no       no       no       no      no
document.open             yes         yes         yes     yes      yes      yes      yes     yes
document.edit             yes         yes         yes     no       no       no       no      no
document.edit_in_workshop no          no          no      no       no       no       no      yes
record.read               yes         yes         yes     yes      yes      yes      yes     yes
redaction.ask             yes         yes         no      no       no       no       no      no
redaction.approve         yes         yes         no      no       no       no       no      no
version.save              yes         yes         yes     no       no       no       no      no
version.restore           yes         yes         yes     no       no       no       no      no
draft.keep                yes         yes         yes     yes      yes      yes      yes     yes
thread.write              yes         yes         yes     yes      yes      yes      yes     yes
thread.resolve            yes         yes         yes     no       no       no       no      no
input.bring               yes         yes         yes     yes      yes      yes      yes     yes
input.bring_for           yes         yes         no      no       no       no       no      no
input.link                yes         yes         yes     no       no       no       no      no
input.answer              yes         no          yes     no       no       no       no      no
input.promise             yes         no          no      no       no       no       no      no
input.moderate            yes         yes         no      no       no       no       no      no
meeting.write             yes         yes         no      no       no       no       no      no
meeting.read_lists        yes         yes         no      no       no       no       yes     no
dissent.state             yes         no          yes     yes      yes      yes      no       no
proposal.write            yes         yes         yes     yes      yes      yes      yes     yes
proposal.decide           yes         yes         yes     no       no       no       no      no
commitment.move           yes         no          yes     no       yes      no       yes     no
plan.move                 yes         no          yes     no       yes      yes      yes     no
approval.request          yes         no          yes     no       no       no       no      no
approval.withdraw         yes         no          no      no       no       no       no      no
approval.decide           no          no          no      no       yes      yes      no      no
endorsement.give          no          no          no      no       no       yes      no      no
letter.keep               yes         no          no      no       no       yes      no      no
letter.withdraw           yes         no          no      no       no       no       no      no
progress.report           yes         no          yes     no       no       no       no      no
progress.assess           no          no          no      no       no       no       yes     no
people.see                yes         yes         yes     yes      yes      yes      yes     yes
people.know               yes         yes         no      no       no       no       no      no
people.manage             yes         no          no      no       no       no       no      no
factor.reset              yes         no          no      no       no       no       no      no
people.history            yes         yes         no      no       no       no       yes     no
group.add                 yes         yes         no      no       no       no       no      no
group.manage              yes         no          no      no       no       no       no      no
workshop.run              yes         yes         no      no       no       no       no      no
workshop.write_for        yes         yes         no      no       no       no       no      no
workshop.count            yes         yes         no      no       no       no       yes     no
`

test('the table of rights is the one agreed on', () => {
  const [head = '', ...lines] = table.trim().split('\n')
  const roles = head.trim().split(/\s+/)
  const agreed = lines.map((line) => line.trim().split(/\s+/))

  expect(roles).toEqual(Role.options)
  const held = Object.keys(rights).map((action) => [
    action,
    ...Role.options.map((role) => (may(role, action as Action) ? 'yes' : 'no')),
  ])
  expect(held).toEqual(agreed)
})
