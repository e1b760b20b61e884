import { readdirSync, readFileSync } from 'node:fs'

/** What a process used so far: CPU of all its living threads in milliseconds, memory it holds in kB. */
export interface Usage {
  cpu: number
  rss: number
}

/**
 * Reads a process's use from /proc. CPU comes from the scheduler's nanoseconds per thread, where the kernel keeps them,
 * else from its ticks of 10 ms. Throws when there is no such process or no /proc.
 */
export function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return { cpu: cpuOf(pid), rss: Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) }
}

/** CPU milliseconds of a process's first thread alone: in Node, the one that runs JavaScript. */
export function firstThreadCpu(pid: number): number {
  return threadCpu(pid, pid) / 1e6
}

/** CPU milliseconds of the children of a process that have ended, in steps of ten. */
export function endedCpu(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * 10
}

/** CPU milliseconds of a process and its children now living: a postmaster with its backends. */
export function familyCpu(pid: number): number {
  return cpuOf(pid) + overChildren(pid, cpuOf)
}

/** Memory in kB that the children of a process hold, without itself. */
export function childrenRss(pid: number): number {
  return overChildren(pid, (child) => {
    const status = readFileSync(`/proc/${child}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0)
  })
}

function overChildren(pid: number, measure: (child: number) => number): number {
  let sum = 0
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid) sum += measure(Number(entry))
    } catch {
      // It ended while we looked.
    }
  }
  return sum
}

function cpuOf(pid: number): number {
  let nanoseconds = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += threadCpu(pid, thread)
    } catch {
      // It ended while we looked, or this kernel keeps none.
    }
  }
  if (nanoseconds > 0) return nanoseconds / 1e6
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Nanoseconds. Throws when there is no such thread, or the kernel keeps no figures of it. */
function threadCpu(pid: number, thread: number | string): number {
  return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
}
