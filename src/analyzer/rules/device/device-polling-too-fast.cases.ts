import { codeLogin, record, wait } from '../../../testing/builders'
import { askForDevice, deviceTokens, pending, poll } from '../../../testing/device'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'twice a second': {
      recording: record(askForDevice(), ...pending(1), wait(400), poll('slow_down'), wait(400), poll('slow_down')),
      rootCause: null,
    },
  },
  pass: { 'every five seconds': record(askForDevice(), ...pending(3), wait(5_000), poll(deviceTokens)) },
  notApplicable: { 'another grant': record(codeLogin()) },
} satisfies RuleCases
