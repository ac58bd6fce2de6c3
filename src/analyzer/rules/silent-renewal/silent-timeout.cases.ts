import { client, codeLogin, navigate, record, request, server, url, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const silent = (more: Record<string, string> = {}) =>
  navigate(
    [
      { url: url(`${server}/authorize`, { ...request, prompt: 'none', state: 'silent', ...more }) },
      { url: `${server}/wait`, body: '<html></html>' },
    ],
    { type: 'sub_frame', frame: 5, parentFrame: 0, initiator: client },
  )

export default {
  fail: {
    'the server stays on its page': {
      recording: record(codeLogin(), silent(), wait(30_000)),
      owner: 'authorization_server',
    },
  },
  pass: {},
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'an answer from window to window': record(codeLogin(), silent({ response_mode: 'web_message' }), wait(30_000)),
  },
} satisfies RuleCases
