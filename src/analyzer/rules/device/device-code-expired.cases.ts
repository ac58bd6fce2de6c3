import { codeLogin, record, wait } from '../../../testing/builders'
import { askForDevice, deviceTokens, pending, poll } from '../../../testing/device'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'the server says so': record(askForDevice(), ...pending(2), wait(600_000), poll('expired_token')),
    'called an invalid grant': record(askForDevice(), ...pending(1), wait(600_000), poll('invalid_grant')),
    'the answer was not visible': record(askForDevice(), wait(700_000), poll({ status: 400 })),
  },
  pass: { 'in time': record(askForDevice(), ...pending(2), wait(5_000), poll(deviceTokens)) },
  notApplicable: { 'another grant': record(codeLogin()) },
} satisfies RuleCases
