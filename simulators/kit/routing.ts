import type { Route } from './simulator.ts'

export type RouteMatch = { readonly route: Route; readonly params: Readonly<Record<string, string>> }

type Compiled = { readonly route: Route; readonly segments: readonly string[] }

const NO_PARAMS: Readonly<Record<string, string>> = {}

/** Finds the route for a method and path; fixed segments win over parameters because routes are tried in order. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => RouteMatch | undefined {
  const fixed = new Map<string, RouteMatch>()
  const open: Compiled[] = []
  for (const route of routes) {
    if (route.path.includes(':')) open.push({ route, segments: route.path.split('/') })
    else fixed.set(`${route.method} ${route.path}`, { route, params: NO_PARAMS })
  }
  return (method, path) => {
    const exact = fixed.get(`${method} ${path}`)
    if (exact) return exact
    const segments = path.split('/')
    for (const candidate of open) {
      if (candidate.route.method !== method) continue
      const params = matchSegments(candidate.segments, segments)
      if (params) return { route: candidate.route, params }
    }
    return undefined
  }
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? ''
    if (expected.startsWith(':')) {
      const value = decodeSegment(segment)
      if (!value) return undefined
      params[expected.slice(1)] = value
    } else if (expected !== segment) return undefined
  }
  return params
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
