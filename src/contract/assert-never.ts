/** Ends a switch over a union: a member nobody handled is a type error here, and a bug when it runs. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`)
}
