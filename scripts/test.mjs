/**
 * `npm test`: installs what is missing, a browser included, and runs every check and every test. The last line is
 * `N passed, N failed`, and the exit code is 0 only when nothing failed. `--long` runs more rounds of the random tests,
 * `--checks` the checks alone; other arguments go to vitest, and then the checks are left out.
 */
import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findBrowser } from './lib/browser.mjs'
import { runChecks } from './lib/checks.mjs'
import { buildClient } from './lib/client.mjs'
import { CannotGoOn, command, runToEnd, Stopped } from './lib/command.mjs'
import { findOffice } from './lib/office.mjs'
import { prepare, root } from './lib/prepare.mjs'
import { understood } from './lib/program.mjs'
import { buildServer } from './lib/server.mjs'
import { makeTemporary } from './lib/temporary.mjs'

const flags = ['--long', '--checks']
const given = process.argv.slice(2)
const chosen = given.filter((argument) => !flags.includes(argument))
const hasJourneys = chosen.length === 0 || chosen.some((name) => name.includes('e2e'))

await command(async () => {
  const total = { passed: 0, failed: 0 }
  const add = ({ passed, failed }) => {
    total.passed += passed
    total.failed += failed
  }
  try {
    const tools = await prepare()
    // What the tests are made with is made beside the checks, which alone do not keep two cores busy.
    const made = given.includes('--checks') ? undefined : makePrograms(tools)
    made?.catch((error) => {
      // Any other failure is told where it is waited for.
      if (!(error instanceof Stopped)) return
      console.error(error.message)
      process.exit(1)
    })
    if (chosen.length === 0) add(await runChecks(tools))
    if (made) add(await runTests(tools, made))
  } catch (error) {
    total.failed += 1
    console.error(error instanceof CannotGoOn ? error.message : error)
  }
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 ? 0 : 1
})

/**
 * Makes what the chosen tests run, and answers the path of a browser if they need one and it can be had; those with a
 * database alone make the server when they need it.
 */
async function makePrograms(tools) {
  const browser = hasJourneys ? await findBrowser(tools) : undefined
  if (hasJourneys) await buildClient(tools)
  if (chosen.length === 0) await buildServer(tools)
  return browser
}

async function runTests(tools, made) {
  const env = { NODE_COMPILE_CACHE: understood, ...tools.env, ...(given.includes('--long') ? { LONG: '1' } : {}) }
  const selection = [...chosen]
  let missing = 0
  const browser = await made
  if (hasJourneys) {
    if (browser) env.CHROMIUM_PATH = browser
    else {
      console.error('No browser for the journeys, so they fail: install Chromium or set CHROMIUM_PATH.')
      missing = 1
      selection.push('--project=!e2e')
    }
  }
  if (given.includes('--long')) {
    // Without it the tests that need it fail, and say so.
    const office = await findOffice()
    if (office) env.SOFFICE_PATH = office
  }
  const { folder, isInMemory } = await makeTemporary()
  // Elsewhere it would only make paths longer, of which those of sockets may not be.
  if (isInMemory) env.TMPDIR = folder
  try {
    const report = join(folder, 'report.json')
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const options = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const child = spawn(tools.node, [vitest, ...options, ...selection], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const code = await runToEnd(child)
    const { passed, failed } = countOf(JSON.parse(await readFile(report, 'utf8').catch(() => '{}')), code)
    return { passed, failed: failed + missing }
  } finally {
    // What still writes there, because it outlived a test that broke, changes nothing of what was found.
    const patient = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }
    await rm(folder, patient).catch(({ message }) => console.error(message))
  }
}

/** A file that could not be read as tests counts as a failure, and so does a run that ended badly or ran nothing. */
function countOf({ numPassedTests: passed = 0, numFailedTests = 0, testResults = [] }, code) {
  const broken = testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
  })
  const failed = numFailedTests + broken.length
  const unexplained = failed === 0 && (code !== 0 || passed === 0)
  return { passed, failed: unexplained ? 1 : failed }
}
