import { z } from 'zod'

/** When something happened: ISO 8601 in UTC. */
export const instant = z.iso.datetime()
