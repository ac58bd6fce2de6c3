import { z } from 'zod'
import { type Settings, defaultSettings } from '../messaging/contract'

/** The part of `storage.local` that is used. */
export interface SettingsArea {
  readonly get: (key: string) => Promise<Record<string, unknown>>
  readonly set: (items: Record<string, unknown>) => Promise<void>
}

const key = 'settings'

// Each field falls back on its own: one that an older version wrote differently does not cost the others.
const storedSettings = z.object({
  recordOnly: z.array(z.string()).catch([...defaultSettings.recordOnly]),
  ignore: z.array(z.string()).catch([...defaultSettings.ignore]),
  extraEndpoints: z
    .array(z.object({ url: z.string(), kind: z.enum(['authorization', 'token']) }))
    .catch([...defaultSettings.extraEndpoints]),
  keepPersonalData: z.boolean().catch(defaultSettings.keepPersonalData),
  rememberGoodLogins: z.enum(['session', 'disk', 'never']).catch(defaultSettings.rememberGoodLogins),
  theme: z.enum(['auto', 'light', 'dark']).catch(defaultSettings.theme),
  density: z.enum(['compact', 'comfortable']).catch(defaultSettings.density),
  notifyOnFailure: z.boolean().catch(defaultSettings.notifyOnFailure),
})

export const readSettings = async (area: SettingsArea): Promise<Settings> => {
  const stored = storedSettings.safeParse((await area.get(key))[key] ?? {})
  return stored.success ? stored.data : defaultSettings
}

export const writeSettings = async (area: SettingsArea, change: Partial<Settings>): Promise<Settings> => {
  const settings = { ...(await readSettings(area)), ...change }
  await area.set({ [key]: settings })
  return settings
}
