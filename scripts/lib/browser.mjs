import { execFile, spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { runToEnd, withTime } from './command.mjs'
import { exists, root } from './prepare.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge']
const folders = ['/usr/bin', '/usr/local/bin', '/opt/google/chrome', '/snap/bin']
const elsewhere = [
  '/usr/lib/chromium/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * The path of a browser that runs: CHROMIUM_PATH, one of this machine, Debian's when we are root, or Playwright's own.
 * Undefined when none can be had.
 */
export async function findBrowser(tools) {
  const { CHROMIUM_PATH: given } = process.env
  if (given) return given
  const found = (await ofMachine()) ?? (await ofPlaywright(tools.node))
  if (found) return found
  if (process.getuid?.() === 0 && (await exists('/usr/bin/apt-get'))) {
    console.log('Installing Chromium for the tests in a browser (once).')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] }
    const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium']
    await withTime('updating the package lists', runToEnd(spawn('apt-get', ['update', '-qq'], quiet)))
    await withTime('installing Chromium', runToEnd(spawn('apt-get', install, quiet)))
    const installed = await ofMachine()
    if (installed) return installed
  }
  console.log('Fetching a Chromium of Playwright for the tests in a browser (once).')
  const cli = join(root, 'node_modules/playwright-core/cli.js')
  const fetching = spawn(tools.node, [cli, 'install', 'chromium'], { cwd: root, env: tools.env, stdio: 'inherit' })
  await withTime('fetching', runToEnd(fetching))
  return ofPlaywright(tools.node)
}

async function ofMachine() {
  const inPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const places = [...inPath, ...folders].flatMap((folder) => names.map((name) => join(folder, name)))
  for (const path of [...places, ...elsewhere]) {
    if ((await exists(path)) && (await runs(path))) return path
  }
  return undefined
}

async function ofPlaywright(node) {
  const ask = "import { chromium } from 'playwright-core'; console.log(chromium.executablePath())"
  const { stdout } = await promisify(execFile)(node, ['--input-type=module', '-e', ask], { cwd: root })
  const path = stdout.trim()
  return (await exists(path)) && (await runs(path)) ? path : undefined
}

/** Some distributions install a script of that name that only says where to find the real one. */
async function runs(path) {
  return promisify(execFile)(path, ['--version'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  )
}
