import { cases1 } from './cases-1'
import { cases2 } from './cases-2'
import { cases3 } from './cases-3'
import { cases4 } from './cases-4'
import { cases5 } from './cases-5'
import { cases6 } from './cases-6'
import { cases7 } from './cases-7'
import { cases8 } from './cases-8'
import { cases9 } from './cases-9'
import type { CorpusEntry } from './entry'
import { healthyLogins } from './healthy'
import { heldOut1 } from './held-out'
import { heldOut2 } from './held-out-2'
import { heldOut3 } from './held-out-3'
import { heldOut4 } from './held-out-4'
import { heldOut5 } from './held-out-5'
import { heldOut7 } from './held-out-7'
import { heldOutCallbacks } from './held-out-callbacks'
import { heldOutAnswers } from './held-out-answers'
import { heldOutRequests } from './held-out-requests'
import { heldOutServers } from './held-out-servers'
import { heldOutSessions } from './held-out-sessions'
import { situations1 } from './situations-1'
import { situations2 } from './situations-2'
import { situations3 } from './situations-3'
import { situations4 } from './situations-4'

/** Every login the analyzer is measured by: `npm run accuracy`. */
export const corpus: readonly CorpusEntry[] = [
  ...healthyLogins,
  ...situations1,
  ...situations2,
  ...situations3,
  ...situations4,
  ...cases1,
  ...cases2,
  ...cases3,
  ...cases4,
  ...cases5,
  ...heldOut1,
  ...heldOut2,
  ...cases6,
  ...cases7,
  ...cases8,
  ...cases9,
  ...heldOut3,
  ...heldOut4,
  ...heldOut5,
  ...heldOut7,
  ...heldOutCallbacks,
  ...heldOutAnswers,
  ...heldOutRequests,
  ...heldOutServers,
  ...heldOutSessions,
]
