/** The roles of the glossary, from those who answer for the plan to those who come to say something. */
export const roles = [
  'coordinator',
  'facilitator',
  'drafter',
  'reviewer',
  'approver',
  'endorser',
  'monitor',
  'participant',
] as const
