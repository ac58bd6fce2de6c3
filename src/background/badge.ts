import type { RecorderStatus } from '../messaging/contract'

/** How the toolbar button looks for one tab. */
export interface Badge {
  /** At most four characters fit. */
  readonly text: string
  readonly color: string
  /** Says the same for those who hear it. */
  readonly title: string
  readonly icon: 'recording' | 'paused'
}

const red = '#c5221f'
const grey = '#5f6368'

const countText = (count: number): string => (count === 0 ? '' : count > 99 ? '99+' : String(count))

/** @param failures failed attempts of the tab, those apart that a good login of the same client made up for. */
export const badgeFor = (failures: number, status: RecorderStatus): Badge => {
  if (!status.hostPermission)
    return { text: '!', color: red, icon: 'paused', title: 'Loginscope: not permitted to see requests' }
  const attempts = failures === 1 ? '1 login attempt failed' : `${failures} login attempts failed`
  const title = [...(failures > 0 ? [attempts] : []), ...(status.paused ? ['recording is paused'] : [])].join(', ')
  return {
    text: countText(failures),
    color: failures > 0 ? red : grey,
    icon: status.paused ? 'paused' : 'recording',
    title: title === '' ? 'Loginscope' : `Loginscope: ${title}`,
  }
}

/** Icon paths by size, for `action.setIcon`. */
export const iconPaths = (icon: Badge['icon']): Record<string, string> => {
  const suffix = icon === 'paused' ? '-paused' : ''
  return { 16: `/icons/16${suffix}.png`, 32: `/icons/32${suffix}.png` }
}
