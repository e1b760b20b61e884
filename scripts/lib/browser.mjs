import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runToEnd, withTime } from './command.mjs'
import { packedBrowser } from './packed-browser.mjs'
import { exists, root } from './prepare.mjs'
import { installOnDebian, ofMachine, runs } from './programs.mjs'

const light = 'chromium-headless-shell'
const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge']
const elsewhere = [
  '/usr/lib/chromium/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * The path of a browser that runs: CHROMIUM_PATH, the Chromium that we pin, another one without windows, whatever
 * Chromium this machine has, or Playwright's own. As root on Debian one without windows is installed, for it takes the
 * journeys in two thirds of the time: the other draws a window for each visitor, which nobody sees. Undefined when none
 * can be had.
 */
export async function findBrowser(tools) {
  const { CHROMIUM_PATH: given } = process.env
  if (given) return given
  const found =
    (await packedBrowser(tools)) ??
    (await ofMachine([light])) ??
    (await ofDebian(light)) ??
    (await ofMachine(names, elsewhere)) ??
    (await ofPlaywright(tools.node)) ??
    (await ofDebian('chromium'))
  if (found) return found
  console.log('Fetching a Chromium of Playwright for the tests in a browser (once).')
  const cli = join(root, 'node_modules/playwright-core/cli.js')
  const fetching = spawn(tools.node, [cli, 'install', 'chromium'], { cwd: root, env: tools.env, stdio: 'inherit' })
  await withTime('fetching', runToEnd(fetching))
  return ofPlaywright(tools.node)
}

/** The browser of a package of Debian's; undefined where there is no Debian, no right to install or no such package. */
async function ofDebian(name) {
  return (await installOnDebian(name, 'the tests in a browser')) ? ofMachine([name]) : undefined
}

async function ofPlaywright(node) {
  const ask = "import { chromium } from 'playwright-core'; console.log(chromium.executablePath())"
  const { stdout } = await promisify(execFile)(node, ['--input-type=module', '-e', ask], { cwd: root })
  const path = stdout.trim()
  return (await exists(path)) && (await runs(path)) ? path : undefined
}
