/** One example of an operation: what is asked and what comes back. For the API's description; the client loads none. */
export interface Example {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  response?: unknown
}
