import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Figures about this process, for Prometheus. */
export interface Metrics {
  observe(answer: { method: string; route: string; status: number; seconds: number }): void
  /** Everything, in Prometheus's text format. */
  text(): Promise<string>
  contentType: string
}

/**
 * Metrics in a registry of their own. `roomFigures` is asked at every reading; each figure becomes a gauge
 * `cabildo_rooms_<name>`.
 */
export function createMetrics(roomFigures: () => Readonly<Record<string, number>>): Metrics {
  const registry = new Registry()
  // The library looks at the event loop every 10 ms unless told otherwise, and so keeps an idle server busy.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 500 })
  const answers = new Histogram({
    name: 'cabildo_http_request_seconds',
    help: 'How long requests took, by route pattern.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  const gauges = new Map<string, Gauge>()

  return {
    contentType: registry.contentType,
    observe: ({ method, route, status, seconds }) => answers.observe({ method, route, status }, seconds),
    text() {
      for (const [name, value] of Object.entries(roomFigures())) {
        const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
        const gauge =
          gauges.get(name) ??
          new Gauge({
            name: `cabildo_rooms_${snake}`,
            help: `Rooms: ${snake.replaceAll('_', ' ')}.`,
            registers: [registry],
          })
        gauges.set(name, gauge)
        gauge.set(value)
      }
      return registry.metrics()
    },
  }
}
