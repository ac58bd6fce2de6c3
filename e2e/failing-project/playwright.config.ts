import { findTestBrowser } from '../../src/tools/find-browser'

const executablePath = findTestBrowser()

export default {
  testDir: '.',
  testMatch: 'login.ts',
  use: executablePath ? { launchOptions: { executablePath } } : {},
}
