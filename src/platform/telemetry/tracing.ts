/**
 * One manual OpenTelemetry span for each batch, through the API package alone. An operator who wants traces loads an
 * SDK of their choice with `node --import`; without one nothing is imported and a batch costs one call that does
 * nothing. Automatic instrumentation was measured at about 50 microseconds a request and is not used.
 */
export interface BatchOutcome {
  readonly created: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** The error code when the batch failed as a whole. */
  readonly code?: string;
}

export interface BatchSpan {
  /** For the log and for problem documents; undefined when tracing is off. */
  readonly traceId: string | undefined;
  end(outcome: BatchOutcome): void;
}

export interface BatchTracer {
  /** Starts a span named `name` for a batch of `events` events and `bytes` bytes. */
  start(name: string, size: { readonly events: number; readonly bytes: number }): BatchSpan;
}

const NO_SPAN: BatchSpan = { traceId: undefined, end() {} };

export const noTracing: BatchTracer = { start: () => NO_SPAN };

/** The tracer of this process; imports the OpenTelemetry API only when `enabled`. */
export async function createBatchTracer(enabled: boolean): Promise<BatchTracer> {
  if (!enabled) return noTracing;
  const { trace, SpanKind, SpanStatusCode } = await import('@opentelemetry/api');
  const tracer = trace.getTracer('comptoir');
  return {
    start(name, size) {
      const span = tracer.startSpan(name, {
        kind: SpanKind.SERVER,
        attributes: { 'comptoir.events': size.events, 'comptoir.bytes': size.bytes },
      });
      return {
        traceId: span.spanContext().traceId,
        end(outcome) {
          span.setAttributes({
            'comptoir.created': outcome.created,
            'comptoir.duplicates': outcome.duplicates,
            'comptoir.rejected': outcome.rejected,
          });
          if (outcome.code !== undefined)
            span.setStatus({ code: SpanStatusCode.ERROR, message: outcome.code });
          span.end();
        },
      };
    },
  };
}
