/** What a process needs of the environment to run: without its own folder Windows gives it no random numbers. No secret is among it. */
const NEEDED = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'LC_ALL', 'NODE_COMPILE_CACHE']

/** The environment of a process for people's SQL. */
export function queryEnvironment(): Record<string, string> {
  return Object.fromEntries(NEEDED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}
