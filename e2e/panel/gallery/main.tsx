import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { readAny } from '../../../src/capture/import-any'
import { endOfRecording } from '../../../src/exports/prepare'
import { App, type Host } from '../../../src/panel/app'
import { memorySource } from '../../../src/panel/sources/memory'
import { sampleRecording } from '../../../src/panel/sources/sample'
import { createStore } from '../../../src/panel/store'
import { galleryAnalyze, NOW, scenario } from './scenarios'

const query = new URLSearchParams(location.search)
const { source, welcomed, inDevTools } = scenario(query.get('state') ?? 'failed')

document.documentElement.dataset['theme'] = query.get('theme') ?? 'light'
document.documentElement.dataset['density'] = query.get('density') ?? 'compact'

const store = createStore(source, { analyze: galleryAnalyze, now: () => NOW })
const memory = new Map<string, string>(welcomed ? [['welcomed', 'yes']] : [])

const host: Host = {
  inDevTools,
  live: () => source,
  sample: () => memorySource({ kind: 'sample' }, sampleRecording(NOW), NOW),
  read: (text, name) => {
    const imported = readAny(text, { at: NOW })
    return 'recording' in imported
      ? {
          source: memorySource(
            { kind: 'file', name, notes: imported.notes },
            imported.recording,
            endOfRecording(imported.recording),
          ),
        }
      : { error: imported.error.message }
  },
  readFile: async (file) => host.read(await file.text(), file.name),
  now: () => NOW,
  openSettings: () => {},
  requestPermission: () => {},
  firstFlow: query.get('flow'),
  exportFirst: false,
  remember: { get: (key) => memory.get(key) ?? null, set: (key, value) => void memory.set(key, value) },
}

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App store={store} host={host} />
    </StrictMode>,
  )
