import {
  client,
  code,
  codeLogin,
  event,
  type HopSpec,
  navigate,
  record,
  redeem,
  request,
  server,
  START,
  tokenError,
  url,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const DAY = 86_400_000
const callback = url(request.redirect_uri, { code, state: request.state })

/** The callback comes from a worker's store, which has it since `age` milliseconds ago; its page redeems the code. */
const stored = (age: number | undefined, tokenCall: Partial<HopSpec>, fromServiceWorker = true) =>
  record(
    navigate({ url: url(`${server}/authorize`, request), location: callback }, { initiator: client }),
    event((at) => ({
      type: 'entry.observed',
      at,
      origin: 'devtools',
      entryId: 'page',
      tabId: 1,
      entry: {
        startedDateTime: at,
        time: 10,
        method: 'GET',
        url: callback,
        requestHeaders: [],
        status: 200,
        responseHeaders: age === undefined ? [] : [{ name: 'Date', value: new Date(START - age).toUTCString() }],
        resourceType: 'main_frame',
        pageref: 'page_2',
        ...(fromServiceWorker && { fromServiceWorker }),
      },
    })),
    redeem({ tokenCall }),
  )

const refused = tokenError('Invalid token', {}, 401)

export default {
  fail: {
    'a page of days ago is refused in words': stored(5 * DAY, refused),
    'a page of days ago is refused without a reason': stored(5 * DAY, {
      ...refused,
      body: { message: 'no' },
      status: 422,
    }),
  },
  pass: {
    'a page of today': stored(3_600_000, refused),
    'a page of unknown age': stored(undefined, refused),
    'the server names its reason': stored(5 * DAY, tokenError('invalid_grant')),
  },
  notApplicable: {
    'the page came from the network': stored(5 * DAY, refused, false),
    'a healthy login from an old page': stored(5 * DAY, {}),
    'a healthy login': record(codeLogin()),
  },
  indeterminate: {
    'the answer was not visible': stored(5 * DAY, { ...refused, body: undefined }),
  },
} satisfies RuleCases
