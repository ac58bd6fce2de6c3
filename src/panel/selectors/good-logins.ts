import { analyze } from '../../analyzer/analyze'
import { endOfRecording } from '../../exports/prepare'
import type { GoodLogin } from '../../messaging/contract'
import type { Analysis, Flow } from '../../model/analysis'
import { originOf } from '../../model/url'

/** An attempt together with the analysis that its steps belong to. */
export interface Remembered {
  readonly flow: Flow
  readonly analysis: Analysis
}

const isOf = (login: GoodLogin, flow: Flow): boolean =>
  login.client_id === flow.client_id && flow.steps.some(({ url }) => originOf(url) === login.server)

/** Remembered logins of the same client and server that are not in the shown recording any more. */
export const rememberedFor = (logins: readonly GoodLogin[], { flows }: Analysis, flow: Flow): readonly Remembered[] =>
  logins
    .filter((login) => isOf(login, flow) && !flows.some(({ startedAt }) => startedAt === login.startedAt))
    .flatMap(({ recording }) => {
      const analysis = analyze(recording, endOfRecording(recording))
      return analysis.flows.filter(({ status }) => status === 'succeeded').map((found) => ({ flow: found, analysis }))
    })
