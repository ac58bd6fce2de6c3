import { codeLogin, record, wait } from '../../../testing/builders'
import { askForDevice, deviceTokens, pending, poll } from '../../../testing/device'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'the user cancels': {
      recording: record(askForDevice(), ...pending(2), wait(5_000), poll('access_denied')),
      owner: 'user',
    },
  },
  pass: { 'the user agrees': record(askForDevice(), ...pending(2), wait(5_000), poll(deviceTokens)) },
  notApplicable: { 'another grant': record(codeLogin()) },
} satisfies RuleCases
