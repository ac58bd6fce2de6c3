import { codeLogin, record, tokenError } from '../../../testing/builders'
import { askForDevice } from '../../../testing/device'
import { metadata, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const known = metadata({ device_authorization_endpoint: `${server}/device` })

export default {
  fail: {
    'the client may not': record(known, askForDevice(tokenError('unauthorized_client'))),
    'the answer was not visible': record(known, askForDevice({ status: 400, body: undefined })),
  },
  pass: { 'codes were issued': record(known, askForDevice()) },
  notApplicable: { 'another grant': record(codeLogin()) },
} satisfies RuleCases
