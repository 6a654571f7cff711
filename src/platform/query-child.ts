import { serveQueries } from './serve-queries.ts'

/** The whole of a process for people's SQL, where Node starts it. */
await serveQueries(
  {
    post: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.once('disconnect', listener),
  },
  Number(process.argv[2]),
)
