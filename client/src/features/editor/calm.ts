/** Least time from one asking to the next. Milliseconds. */
const pause = 1000

/** Calls what stands for a topic at once, and of calls that come in crowds the last one when the pause is over. */
export function calmly<Topic>(
  act: (topic: Topic) => void,
  later: (act: () => void) => void = (act) => setTimeout(act, pause),
): (topic: Topic) => void {
  /** Topics whose pause is not over, and whether they were asked for meanwhile. */
  const resting = new Map<Topic, boolean>()
  const go = (topic: Topic) => {
    resting.set(topic, false)
    act(topic)
    later(() => {
      const again = resting.get(topic)
      resting.delete(topic)
      if (again) go(topic)
    })
  }
  return (topic) => {
    if (resting.has(topic)) resting.set(topic, true)
    else go(topic)
  }
}
