/**
 * The floors of the engine, from the ground up: a folder of `src/engine` imports from its own and from lower floors, types
 * included. Folders side by side on one floor know nothing of each other. A new folder needs its place here.
 */
export const engineFloors: readonly (readonly string[])[] = [
  ['ports'],
  ['concurrency'],
  ['values'],
  ['storage'],
  ['limits'],
  ['drivers'],
  ['sources'],
  ['audit'],
  ['workspace'],
  ['destinations'],
  ['session'],
  ['audience'],
  ['identity'],
  ['plans'],
  ['planning', 'execution'],
  ['services'],
  ['activations', 'exports', 'onboarding', 'sample', 'validation'],
  ['proof'],
  ['home'],
  ['background'],
  ['calls'],
]

const folders = engineFloors.flat()
/** Tests and their scenes may reach anywhere. */
const notTests = ['\\.test\\.tsx?$', '^src/engine/testing/', '^src/engine/.*/testing/']

/** One rule for each folder: what stands above it or beside it. */
export const floorRules = engineFloors.flatMap((floor, level) =>
  floor.map((folder) => ({
    name: `floor-of-${folder}`,
    comment: 'Arrows between the folders of the engine go down only (engine-floors.js).',
    severity: 'error' as const,
    from: { path: `^src/engine/${folder}/`, pathNot: notTests },
    to: { path: `^src/engine/((${[...floor.filter((other) => other !== folder), ...engineFloors.slice(level + 1).flat()].join('|') || 'nothing'})/|[^/]+\\.ts$)`, pathNot: '^src/engine/testing/' },
  })),
)

/** Types too: who reads one file of a circle has to read them all. */
export const noCycles = { name: 'no-cycles', severity: 'error' as const, from: {}, to: { circular: true } }

/** A folder that nobody gave a floor would be under no rule. */
export const floorOfEveryFolder = {
  name: 'engine-folder-without-floor',
  comment: 'Give it a floor in engine-floors.js.',
  severity: 'error' as const,
  from: { path: '^src/engine/[^/]+/', pathNot: [`^src/engine/(${folders.join('|')}|testing)/`] },
  to: {},
}
