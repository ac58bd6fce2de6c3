import type { Frame, Locator } from '@playwright/test'
import type { ObservedEntry, Recording } from '../../src/model/recording'
import { writeHar } from '../../src/exports/har'
import { prepareExport } from '../../src/exports/prepare'
import { sampleRecording } from '../../src/panel/sources/sample'
import {
  abandoned,
  endUnseen,
  hundreds,
  redeemedTwice,
  refreshedTwice,
  refusedUnread,
  tooMuch,
  underWay,
  worked,
  workedUnread,
  wrongRedirectUri,
} from './recordings'
import { violations } from '../axe'
import { wasRestarted } from '../fixtures'
import { expect, NOW, type Place, type Stage } from './stage'

/** One designed state of the panel, and how the product gets there. */
export interface State {
  readonly name: string
  /** What the background has recorded when the panel is opened. */
  readonly recorded?: readonly ObservedEntry[]
  /** The tab it was recorded in, where that is not the inspected one. */
  readonly tabId?: number
  /** Brings the background there before the panel is opened. Returns the way back. */
  readonly prepare?: (stage: Stage) => Promise<void | (() => Promise<void>)>
  /** Brings the opened panel there. */
  readonly show?: (panel: Frame, place: Place, stage: Stage) => Promise<unknown>
  /** What tells that it is there. */
  readonly seen: (panel: Frame) => Locator
  /** What a picture begins with, where that is not the beginning. */
  readonly top?: (panel: Frame) => Locator
  readonly places?: readonly Place['name'][]
  /** The words are others in DevTools than in a tab. */
  readonly differs?: true
  /** Looks like another state. */
  readonly looksLike?: string
}

const heading = (name: string) => (panel: Frame) => panel.getByRole('heading', { name })
const notice = (words: string) => (panel: Frame) => panel.locator('.notice', { hasText: words })
const button = (name: string) => (panel: Frame) => panel.getByRole('button', { name, exact: true })
const dialog = (name: string) => (panel: Frame) => panel.getByRole('dialog', { name })
const views = (panel: Frame) => panel.getByRole('tablist', { name: 'Views of this attempt' })
const details = (panel: Frame) => panel.getByRole('region', { name: 'Step details' })
const fix = (panel: Frame) => panel.getByRole('region', { name: 'Fix' }).first()

const click =
  (...targets: readonly ((panel: Frame) => Locator)[]) =>
  async (panel: Frame) => {
    for (const target of targets) await target(panel).click()
  }
const search = (words: string) => (panel: Frame) => panel.getByRole('searchbox').fill(words)
const menuItem = (name: string) => (panel: Frame) => panel.getByRole('menuitem', { name })
const attempt = (position: number) => (panel: Frame) =>
  panel.getByRole('listbox', { name: 'Login attempts' }).getByRole('option').nth(position)
const step = (position: number) => (panel: Frame) =>
  panel.getByRole('listbox', { name: 'Steps' }).getByRole('option').nth(position)

/** Opens a file by the dialog, as a user does. */
const opened = (name: string, text: () => string) => async (panel: Frame) => {
  await button('Import')(panel).click()
  const buffer = Buffer.from(text())
  await panel.getByLabel('Recording file').setInputFiles({ name, mimeType: 'application/json', buffer })
}

const harOf = (recording: Recording, more: readonly unknown[] = []): string => {
  const { log } = JSON.parse(writeHar(prepareExport(recording, { exportedAt: NOW, now: NOW, secrets: 'keep' }))) as {
    log: { entries: unknown[] }
  }
  return JSON.stringify({ log: { ...log, entries: [...log.entries, ...more] } })
}

const viewOf = (name: string, tab: string, seen: State['seen'], recorded = wrongRedirectUri): State => ({
  name,
  recorded,
  show: click((panel) => views(panel).getByRole('tab', { name: tab })),
  seen,
  top: views,
})

const detailsOf = (name: string, tab: string, position: number, seen: State['seen']): State => ({
  name,
  recorded: worked,
  show: click(step(position), (panel) => details(panel).getByRole('tab', { name: tab })),
  seen,
  top: details,
})

const pause = async ({ ask }: Stage) => {
  await ask('recording.pause', { paused: true })
}
const loseSiteAccess = async ({ setSiteAccess }: Stage) => {
  await setSiteAccess('ON_CLICK')
  return () => setSiteAccess('ON_ALL_SITES')
}

/** Every designed state of the panel; none is accidental. */
export const states: readonly State[] = [
  {
    name: 'first-run',
    show: (panel) => panel.evaluate(() => localStorage.clear()).then(() => panel.goto(panel.url())),
    seen: heading('Find out why a login failed'),
  },
  { name: 'waiting', seen: heading('Recording. No login seen yet'), differs: true },
  { name: 'failed', recorded: wrongRedirectUri, seen: fix },
  { name: 'healthy', recorded: worked, seen: heading('The login succeeded') },
  { name: 'pending', recorded: underWay, seen: (panel) => panel.getByRole('img', { name: 'In progress' }).first() },
  { name: 'end-unseen', recorded: endUnseen, seen: heading('The answer reached the client') },
  { name: 'abandoned', recorded: abandoned, seen: heading('The login was not finished') },
  { name: 'likely', recorded: refusedUnread, seen: (panel) => panel.getByText('What it may be, most likely first') },
  { name: 'paused', prepare: pause, seen: heading('Recording is paused') },
  {
    name: 'paused-with-attempts',
    recorded: wrongRedirectUri,
    prepare: pause,
    seen: notice('Recording is paused'),
  },
  { name: 'opened-late', recorded: workedUnread, seen: (panel) => panel.getByText('DevTools was opened later') },
  {
    name: 'devtools-closed',
    recorded: workedUnread,
    tabId: 0,
    seen: (panel) => panel.getByText('DevTools was closed during this login'),
    places: ['tab'],
  },
  { name: 'no-permission', prepare: loseSiteAccess, seen: heading('Loginscope may not see the traffic of websites') },
  {
    name: 'permission-lost',
    recorded: wrongRedirectUri,
    prepare: loseSiteAccess,
    seen: notice('no longer lets Loginscope see'),
  },
  {
    name: 'worker-restarted',
    recorded: wrongRedirectUri,
    show: async (_panel, _place, stage) => {
      await stage.stopBackground()
      await expect.poll(() => wasRestarted(stage.extension)).toBe(true)
    },
    seen: fix,
    looksLike: 'failed',
  },
  {
    name: 'lost',
    prepare: ({ holdBackground }) => holdBackground(),
    show: async (panel) => {
      await expect(heading('Reading what was recorded')(panel)).toBeVisible()
      expect(await violations(panel)).toEqual([])
      // The panel waits ten seconds for an answer.
      await heading('The recorder does not answer')(panel).waitFor({ timeout: 20_000 })
    },
    seen: heading('The recorder does not answer'),
  },
  {
    name: 'storage-full',
    recorded: [...tooMuch, ...wrongRedirectUri],
    seen: notice('The memory for recordings is full'),
  },
  {
    name: 'filtered',
    recorded: wrongRedirectUri,
    show: search('no such login'),
    seen: heading('The filter hides every attempt'),
  },
  { name: 'search', recorded: wrongRedirectUri, show: search('9f1c7e02-5b3d-4a86'), seen: heading('Found in') },
  { name: 'hundreds', recorded: hundreds, seen: fix },
  {
    name: 'sample',
    show: click(button('Open a sample login')),
    seen: notice('This is a sample'),
  },
  {
    name: 'file',
    show: opened('customer-login.har', () => harOf(sampleRecording(NOW), [{}, {}])),
    seen: notice('customer-login.har'),
  },
  {
    name: 'file-without-login',
    show: opened('page.har', () => harOf({ events: [] })),
    seen: heading('No login in this file'),
  },
  {
    name: 'file-unreadable',
    recorded: wrongRedirectUri,
    show: opened('notes.txt', () => 'Dear diary'),
    seen: (panel) => dialog('Open a recording')(panel).getByRole('alert'),
  },

  {
    name: 'diagnosis-open',
    recorded: wrongRedirectUri,
    show: async (panel) => {
      await expect(fix(panel)).toBeVisible()
      const folds = panel.getByRole('region', { name: 'Diagnosis' }).locator('summary')
      await folds.evaluateAll((all) => all.forEach((fold) => (fold as HTMLElement).click()))
    },
    seen: (panel) => panel.getByText('RFC 6749').first(),
    top: (panel) => panel.getByRole('heading', { name: 'Evidence' }).first(),
  },
  {
    name: 'evidence-lit',
    recorded: wrongRedirectUri,
    show: click((panel) => panel.getByRole('list', { name: 'Evidence' }).first().getByRole('button').first()),
    seen: (panel) => panel.locator('tr.row-lit'),
    top: details,
  },
  viewOf('sequence', 'Sequence', step(2), redeemedTwice),
  {
    ...viewOf('sequence-list', 'Sequence', step(2), redeemedTwice),
    show: click((panel) => panel.getByRole('button', { name: 'As list' })),
  },
  {
    ...viewOf('sequence-to-scale', 'Sequence', step(2), redeemedTwice),
    show: click((panel) => panel.getByRole('button', { name: 'Time to scale' })),
  },
  viewOf('checklist', 'Checklist', heading('Registration facts')),
  viewOf('checklist-failed-late', 'Checklist', heading('Token response'), redeemedTwice),
  viewOf('lesson', 'How it should go', (panel) => panel.getByText('should go, with the values'), redeemedTwice),
  viewOf('tokens', 'Tokens', (panel) => panel.getByText('access token').first(), refreshedTwice),
  viewOf('compare', 'Compare', (panel) => panel.getByRole('row', { name: /this is the cause/ })),
  { ...viewOf('compare-alone', 'Compare', (panel) => panel.getByText('no other attempt to compare'), worked) },
  detailsOf('step-parameters', 'Parameters', 3, (panel) => details(panel).getByText('code_verifier').first()),
  detailsOf('step-tokens', 'Tokens', 3, (panel) => details(panel).getByText('id_token').first()),
  detailsOf('step-cookies', 'Cookies', 1, (panel) => details(panel).getByText('KEYCLOAK_IDENTITY').first()),
  detailsOf('step-headers', 'Headers', 3, (panel) => details(panel).getByText('Cache-Control').first()),
  detailsOf('step-body', 'Body', 3, (panel) => details(panel).getByText('expires_in').first()),
  detailsOf('step-timing', 'Timing', 3, (panel) => details(panel).getByText('Status').first()),
  {
    name: 'export-menu',
    recorded: wrongRedirectUri,
    show: click(button('Export')),
    seen: menuItem('Copy as Markdown'),
  },
  {
    name: 'attempt-menu',
    recorded: wrongRedirectUri,
    show: click(button('Attempt actions')),
    seen: menuItem('Rename'),
    top: views,
  },
  { name: 'import', recorded: wrongRedirectUri, show: click(button('Import')), seen: dialog('Open a recording') },
  {
    name: 'shortcuts',
    recorded: wrongRedirectUri,
    show: click(button('Keyboard shortcuts')),
    seen: dialog('Keyboard shortcuts'),
  },
  {
    name: 'secrets',
    recorded: wrongRedirectUri,
    show: click(button('Export'), menuItem('Trace with secrets')),
    seen: (panel) => panel.getByRole('dialog'),
  },
  {
    name: 'rename',
    recorded: wrongRedirectUri,
    show: click(button('Attempt actions'), menuItem('Rename')),
    seen: dialog('Rename this attempt'),
  },
  {
    name: 'noted',
    recorded: wrongRedirectUri,
    show: async (panel, { name, setWidth }) => {
      // What is noted in one view, the other shows.
      if (name === 'DevTools') {
        const actions = button('Attempt actions')
        await click(attempt(1), actions, menuItem('Pin to the top'), actions, menuItem('Rename'))(panel)
        await panel.getByLabel('Name, only for you').fill('the one before the release')
        await panel.getByRole('button', { name: 'Rename' }).click()
        await expect(attempt(0)(panel)).toContainText('the one before the release')
        await attempt(1)(panel).click()
      }
      // Where the list is folded, it is to be seen as well.
      await setWidth(480)
      await panel.locator('[aria-expanded=false]', { hasText: '2 attempts' }).click()
    },
    seen: (panel) => attempt(0)(panel).getByText('the one before the release'),
  },
  {
    name: 'secrets-shown',
    recorded: worked,
    show: click(step(3), (panel) => panel.getByRole('button', { name: 'Show code_verifier' })),
    seen: (panel) => panel.getByText('dBjftJeZ4CVP').first(),
    top: details,
  },
]

export { expect }
