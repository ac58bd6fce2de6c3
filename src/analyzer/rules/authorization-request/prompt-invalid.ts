import { param } from '../../../model/parameters'
import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { isUnspecific, rejectionEvidence, rejectionText } from '../shared/rejection-words'
import { list, quote } from '../shared/text'

const standard = ['none', 'login', 'consent', 'select_account']

export const promptInvalid = defineRule({
  id: 'prompt-invalid',
  title: 'The server cannot do what prompt asks',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['authorization_error:invalid_request', 'authorization_page', 'pushed_error'],
  what: 'The request was refused as invalid, and its prompt joins `none` with another value, or has a value that neither the standard nor the server’s metadata knows.',
  why: '`none` forbids every page, so nothing can stand beside it; other values depend on the server.',
  toldApart: '`prompt=none` alone is valid; that nobody is signed in then is an answer, not an invalid request.',
  silentWhen: 'The server accepted the request.',
  references: [oidcCore('3.1.2.1', 'AuthRequest')],
  covers: ['prompt-none-with-others'],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server took the prompt') : notApplicable
    const prompt = param(rejection.parameters, 'prompt')
    if (prompt.state !== 'present') return notApplicable
    const values = prompt.value.split(/\s+/).filter(Boolean)
    const listed = file.metadata?.document['prompt_values_supported']
    const known = Array.isArray(listed) ? [...listed.filter((item) => typeof item === 'string')] : standard
    const unknown = values.filter((value) => !known.includes(value))
    const mixed = values.includes('none') && values.length > 1
    if (!isUnspecific(rejection) || (!mixed && unknown.length === 0)) return pass('prompt has valid values')
    return fail({
      ...(mixed && { title: 'prompt=none stands beside another value' }),
      confidence: mixed || Array.isArray(listed) ? 'certain' : 'likely',
      cause:
        (mixed
          ? `The request says ${quote(`prompt=${prompt.value}`)}; \`none\` must stand alone.`
          : `The request says ${quote(`prompt=${prompt.value}`)}, and ${list(unknown.map(quote))} is not ${Array.isArray(listed) ? 'among the values of the server’s metadata' : 'a value of the standard'}.`) +
        ` The authorization server ${rejectionText(rejection)}.`,
      evidence: [
        parameterEvidence(rejection.parameters, 'prompt', {
          expected: mixed ? 'none, or the other value alone' : known.join(', '),
        }),
        rejectionEvidence(rejection),
      ],
      fix: {
        summary: mixed
          ? 'Send `prompt=none` for a silent attempt, and another request without it when that fails.'
          : `Leave ${list(unknown.map(quote))} out of prompt.`,
        steps: ['Without prompt the server asks only what it needs to.'],
      },
    })
  },
})
