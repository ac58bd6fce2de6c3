/** Every state the gallery can show; each is designed, none accidental. */
export const stateNames = [
  'first-run',
  'waiting',
  'failed',
  'healthy',
  'pending',
  'likely',
  'paused',
  'paused-with-attempts',
  'opened-late',
  'no-permission',
  'permission-lost',
  'storage-full',
  'worker-restarted',
  'connecting',
  'lost',
  'outdated',
  'file',
  'file-without-login',
  'sample',
  'many',
  'hundreds',
] as const

export type StateName = (typeof stateNames)[number]
