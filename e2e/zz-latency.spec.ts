import { test, expect } from './fixtures'
import { driveScenario } from './lab/drive'
import { scenarios } from './lab/scenarios'
import { devtoolsReady, dockDevTools, openDevTools, showPanel } from './fixtures'
test('latency', async ({ extension, lab }) => {
  const page = await extension.context.newPage()
  const devtools = await openDevTools(extension.context, page)
  await devtoolsReady(devtools)
  await dockDevTools(devtools, 'undocked')
  const panel = await showPanel(devtools)
  await expect(panel.getByRole('heading', { level: 2 })).toBeVisible()
  await extension.worker.evaluate(() => {
    const g = globalThis as any
    g.__t = []
    for (const name of ['onSendHeaders', 'onHeadersReceived', 'onCompleted', 'onBeforeRedirect', 'onErrorOccurred'] as const)
      (chrome.webRequest as any)[name].addListener((d: any) => { g.__t.push([Date.now(), name, d.url.slice(0, 80), d.type]) }, { urls: ['<all_urls>'] })
  })
  await panel.evaluate(() => {
    const g = globalThis as any
    g.__p = []
    let pending = false
    new MutationObserver(() => {
      const at = Date.now()
      if (pending) return
      pending = true
      requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => { pending = false; g.__p.push([at, Date.now()]) }; channel.port2.postMessage(0) })
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  })
  for (const id of ['spa-healthy', 'code-redeemed-twice', 'spa-healthy']) {
    const scenario = scenarios.find((s) => s.id === id)
    if (!scenario) continue
    await driveScenario(page, scenario, lab)
  }
  await page.waitForTimeout(1500)
  const events: any[] = await extension.worker.evaluate(() => (globalThis as any).__t)
  const paints: any[] = await panel.evaluate(() => (globalThis as any).__p)
  const relevant = events.filter(([, , , type]) => type !== 'image' && type !== 'script' && type !== 'stylesheet')
  let from = 0
  const out: number[] = []
  const dom: number[] = []
  for (const [mutated, painted] of paints) {
    const covered = relevant.filter(([at]) => at >= from && at <= mutated)
    if (covered.length > 0 && mutated - covered[0][0] < 380) { out.push(painted - covered[0][0]); dom.push(mutated - covered[0][0]) }
    from = mutated
  }
  const q = (list: number[], p: number) => [...list].sort((a, b) => a - b)[Math.floor(list.length * p)]
  console.log('events', relevant.length, 'paints', paints.length, 'n', out.length, 'oldest event to paint: median', q(out, 0.5), 'p90', q(out, 0.9), 'max', Math.max(...out), '| to DOM median', q(dom, 0.5), 'p90', q(dom, 0.9))
})
