import type { Command } from '../command.ts'
import { activationsList, pause, resume } from './activations.ts'
import { apply, run } from './apply.ts'
import { approve } from './approve.ts'
import { auditExport, auditVerify } from './audit.ts'
import { connectionConfirm, connectionSetSecret } from './connection.ts'
import { doctor } from './doctor.ts'
import { identityFix, identityLink, identityNever, identitySplit, identitySurvivor, identityUndo } from './identity-decide.ts'
import { identityPerson } from './identity-person.ts'
import { identityQueue } from './identity-queue.ts'
import { identityRates, identityRun } from './identity-run.ts'
import { identityCluster } from './identity.ts'
import { notBuilt } from './not-built.ts'
import { plan } from './plan.ts'
import { reviewList, reviewResolve, reviewSelect } from './review.ts'
import { rowsExport } from './rows.ts'
import { runsCancel, runsList, runsResume, runsRevert, runsShow } from './runs.ts'
import { sampleCreate } from './sample.ts'
import { serve } from './serve.ts'
import { simulatorsStart } from './simulators.ts'
import { sourcePreview, sourceTest } from './source.ts'
import { workspaceInit, workspaceTrust, workspaceValidate } from './workspace.ts'

/** Every command, in the order in which help shows them. */
export const commands: Command[] = [
  sampleCreate,
  simulatorsStart,
  workspaceInit,
  workspaceTrust,
  workspaceValidate,
  connectionSetSecret,
  connectionConfirm,
  sourceTest,
  sourcePreview,
  activationsList,
  plan,
  reviewList,
  reviewResolve,
  reviewSelect,
  approve,
  apply,
  run,
  runsList,
  runsShow,
  runsResume,
  runsCancel,
  runsRevert,
  rowsExport,
  pause,
  resume,
  identityRun,
  identityRates,
  identityQueue,
  identityPerson,
  identityLink,
  identitySplit,
  identityNever,
  identitySurvivor,
  identityFix,
  identityUndo,
  identityCluster,
  auditExport,
  auditVerify,
  doctor,
  serve,
  ...notBuilt,
]
