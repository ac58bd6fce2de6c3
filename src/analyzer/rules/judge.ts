import type { CaseFile } from '../facts/case-file'
import { rules } from './index'
import type { Judged, Rule } from './rule'

/** Asks every rule about one attempt. A rule that throws costs only itself. */
export const judge = (
  file: CaseFile,
  asked: readonly Rule[] = rules,
): { verdicts: readonly Judged[]; crashed: readonly { rule: string; message: string }[] } => {
  const verdicts: Judged[] = []
  const crashed: { rule: string; message: string }[] = []
  for (const rule of asked) {
    try {
      verdicts.push({ rule, verdict: rule.check(file) })
    } catch (error) {
      crashed.push({ rule: rule.id, message: error instanceof Error ? error.message : String(error) })
    }
  }
  return { verdicts, crashed }
}
