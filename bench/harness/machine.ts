import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, platform, release, setPriority, totalmem } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'

/** Where a run took place: what its figures depend on, and nothing that names the machine or its owner. */
export interface Machine {
  cpu: string
  cores: number
  memoryGiB: number
  system: string
  node: string
}

/** Describes this machine. */
export function describeMachine(): Machine {
  const [first] = cpus()
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release().split('-')[0]}`,
    node: process.version,
  }
}

/** The cores a run is spread over. `server` undefined: this system cannot pin, everything shares all cores. */
export interface Placement {
  server: number | undefined
  raised: boolean
  /** One sentence for the report. */
  says: string
}

/**
 * Puts this process, and with it everything it starts from now on (Postgres), on core 1 and leaves core 0 to the servers.
 * Raises the priority of all of them where that is allowed, so that other work on the machine disturbs less.
 */
export function takeHarnessCore(): Placement {
  const raised = raisePriority()
  const priority = raised ? ', both at raised priority' : ''
  if (cpus().length < 2 || !pin(process.pid, 1)) {
    const why = cpus().length < 2 ? 'only one core' : 'no taskset'
    return { server: undefined, raised, says: `NOT pinned (${why}): server and clients share all cores${priority}` }
  }
  return { server: 0, raised, says: `server pinned to core 0, clients and Postgres to core 1${priority}` }
}

function pin(pid: number, core: number): boolean {
  try {
    execFileSync('taskset', ['-a', '-c', '-p', String(core), String(pid)], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function raisePriority(): boolean {
  try {
    setPriority(0, -10)
    return true
  } catch {
    return false
  }
}

/** The share of all cores, 0 to 1, that whatever runs on this machine takes in the next two seconds. */
export async function readForeignLoad(): Promise<number> {
  const before = readCoreTicks()
  await pause(2000)
  const shares = sharesSince(before)
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length)
}

/** The share of each core, 0 to 1, that was busy since an earlier reading. */
export function sharesSince(before: ReturnType<typeof readCoreTicks>): number[] {
  return readCoreTicks().map(({ busy, all }, i) => (busy - (before[i]?.busy ?? 0)) / (all - (before[i]?.all ?? 0)))
}

/** How busy each core was since boot, in ticks: two readings tell what ran between them. Empty where unknown. */
export function readCoreTicks(): { busy: number; all: number }[] {
  try {
    const lines = readFileSync('/proc/stat', 'utf8').split('\n')
    return lines
      .filter((line) => /^cpu\d/.test(line))
      .map((line) => {
        const ticks = line.split(/\s+/).slice(1, 9).map(Number)
        const all = ticks.reduce((sum, value) => sum + value, 0)
        return { busy: all - (ticks[3] ?? 0) - (ticks[4] ?? 0), all }
      })
  } catch {
    return []
  }
}
