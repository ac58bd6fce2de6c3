import { dateClaim } from '../../../model/jwt'
import { param, paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { isUnspecific, rejectionEvidence } from '../shared/rejection-words'
import { duration, quote } from '../shared/text'
import { idTokensBefore } from '../shared/earlier-tokens'

export const maxAgeInvalid = defineRule({
  id: 'max-age-invalid',
  title: 'The login is older than max_age allows',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [
    'authorization_error:invalid_request',
    'authorization_error:login_required',
    'authorization_page',
    'pushed_error',
  ],
  what: 'A silent request was answered `login_required` and the last sign-in (`auth_time` of an earlier ID token) is longer ago than its max_age; or max_age is no whole number of seconds and the request was refused.',
  why: '`max_age` asks for a fresh sign-in, which a silent request cannot give.',
  toldApart: 'Without max_age, `login_required` means that there is no session or that its cookie did not come along.',
  silentWhen: 'The time of the last sign-in is not known.',
  references: [oidcCore('3.1.2.1', 'AuthRequest')],
  covers: ['max-age-invalid'],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server took max_age') : notApplicable
    const maxAge = param(rejection.parameters, 'max_age')
    if (maxAge.state !== 'present') return notApplicable
    if (!/^\d+$/.test(maxAge.value)) {
      if (!isUnspecific(rejection)) return pass('the server refused the request for another reason')
      return fail({
        title: 'max_age is not a number of seconds',
        confidence: 'certain',
        cause: `The request says ${quote(`max_age=${maxAge.value}`)}; it has to be a whole number of seconds.`,
        evidence: [
          parameterEvidence(rejection.parameters, 'max_age', { expected: '3600' }),
          rejectionEvidence(rejection),
        ],
        fix: { summary: 'Send max_age in whole seconds, or leave it out.', steps: ['A day is `max_age=86400`.'] },
      })
    }
    const silent = paramValue(rejection.parameters, 'prompt') === 'none'
    if (!silent || rejection.error !== 'login_required') return pass('max_age is a number of seconds')
    const signedIn = lastSignIn(file)
    if (signedIn === undefined) return pass()
    const age = file.attempt.startedAt - signedIn
    if (age <= Number(maxAge.value) * 1000) return pass('the last sign-in is within max_age')
    return fail({
      confidence: 'certain',
      cause: `The silent request allows a sign-in that is at most ${duration(Number(maxAge.value) * 1000)} old (${quote(`max_age=${maxAge.value}`)}). The user signed in ${duration(age)} ago, so the server has to ask again, and \`prompt=none\` forbids that.`,
      evidence: [
        parameterEvidence(rejection.parameters, 'max_age', { expected: `at least ${Math.ceil(age / 1000)}` }),
        rejectionEvidence(rejection),
      ],
      fix: {
        summary: 'Ask for a fresh sign-in with a visible login, without `prompt=none`.',
        steps: ['For a silent renewal leave max_age out, or make it as long as the session may last.'],
      },
    })
  },
})

/** Milliseconds of the youngest `auth_time` that an ID token of this client told before this attempt. */
const lastSignIn = (file: CaseFile): number | undefined => {
  const times = idTokensBefore(file).flatMap((token) => dateClaim(token, 'auth_time') ?? [])
  return times.length > 0 ? Math.max(...times) * 1000 : undefined
}
