import type { Fix } from '../../model/analysis'
import { plainProse } from './prose'

/** The fix as plain text, for an issue or a chat. */
export const fixText = (fix: Fix): string =>
  [
    plainProse(fix.summary),
    ...fix.steps.map((step, index) => `${index + 1}. ${plainProse(step)}`),
    ...(fix.console
      ? [
          `${fix.console.provider}: ${fix.console.path.join(' › ')}${fix.console.value ? `: ${fix.console.value}` : ''}`,
          ...(fix.console.url ? [fix.console.url] : []),
        ]
      : []),
  ].join('\n')
