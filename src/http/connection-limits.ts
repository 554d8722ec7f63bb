/** What a connection may take before its requests are served: the same in the server and in its load shedder. */

/** A head of request lines and headers arrives in a moment; what takes longer only holds a connection. */
export const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than the idle time of usual load balancers (60 s), so that they close first and no request is lost. */
export const KEEP_ALIVE_MS = 65_000;
/** Room for a long cursor and filters, not for abuse. */
export const HEADER_BYTES_MAX = 16 * 1024;
/** Of a refused body, what is read and thrown away to keep the connection: a usual batch. */
export const DRAINED_BYTES_MAX = 262_144;
