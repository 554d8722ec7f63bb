/** The limits of projections, each with its reason. */
import type { ChunkLimits } from './read-chunk.ts';

/** Keeping up: small, so that a transaction lasts milliseconds and one read model does not hold up the others. */
export const LIVE_LIMITS: ChunkLimits = {
  events: 1_000,
  rows: 1_000,
  bytes: 4 * 1024 * 1024,
  looked: 50_000,
};

/**
 * Catching up: a row costs PostgreSQL 12 to 22 us whatever happened to it, so events that touch the same row should
 * meet in one chunk. 20,000 rows are about 20 MB of memory. Four chunks are held at once, two being written and two being
 * read: with events of 1.5 kB and no limit of bytes a server that filled its read models took 2.6 GB.
 */
export const BULK_LIMITS: ChunkLimits = {
  events: 50_000,
  rows: 20_000,
  bytes: 12 * 1024 * 1024,
  looked: 200_000,
};

/** Events of one read of the log: the port gives whole batches, unpacked, of which two reads may be held. */
export const READ_EVENTS_MAX = 5_000;

/**
 * Rows kept from chunk to chunk while a table fills. Every read model that fills keeps its own, ten of them at 1.5 kB a row
 * when a house of a million orders begins: with 60,000 each that was most of 1.1 GB.
 */
export const HELD_ROWS_MAX = 20_000;

/**
 * Rows kept from chunk to chunk while a table is kept up to date: those of a day's figures change with every bill, and
 * need not be read back each time. About 400 kB for each of the dozen read models that a busy
 * house writes.
 */
export const LIVE_HELD_ROWS_MAX = 256;

/** More failures than this in one transaction are rather a defect of the model: smaller steps, then a pause. */
export const PARKED_PER_CHUNK_MAX = 100;
/** A projection that has so many parked events pauses itself: somebody has to look. */
export const PARKED_MAX = 1_000;
/** Events of a stream looked at for the rows that a parked event may touch. */
export const PARKED_STREAM_EVENTS_MAX = 1_000;
/** Rows marked incomplete by one parked event. */
export const PARKED_KEYS_MAX = 1_000;
/** Tries to replay parked events while their stream gets further ones. */
export const PARKED_TRIES_MAX = 10;

/** Transactions under way in one process: for keeping up and for catching up. */
export const LIVE_SLOTS = 6;
export const BULK_SLOTS = 2;
/**
 * Connections of a pool for projections alone: one a slot, and two for records and queries. Where they share one with
 * appends, 16 of which may wait for the disk, both wait for a connection.
 */
export const PROJECTION_CONNECTIONS = LIVE_SLOTS + BULK_SLOTS + 2;

/** How long a worker that lost a bucket leaves it to the one who has it. */
export const STEP_ASIDE_MS = 1_000;
/** How long moves over events that change nothing may wait to be written, all in one statement. */
export const ADVANCE_MS = 250;
/**
 * Rest of a bucket's lanes between two wake-ups: what is appended meanwhile makes one chunk. Nobody waits for it who
 * comes alone; at a thousand appends a second it is a chunk of twenty, and a twentieth of the statements.
 */
export const WAKE_REST_MS = 20;
/**
 * How often every lane that is behind the known head is woken, whether or not anybody told it: wake-ups come within
 * milliseconds, and this is for the one that was lost. It looks at numbers in memory and asks nobody.
 */
export const LOOK_MS = 5_000;
/**
 * How often what lanes remember as committed is compared with what is stored: a database that crashed may stand behind it,
 * because commits of chunks do not wait for the disk. One statement, a millisecond for fifty read models.
 */
export const COMPARE_MS = 2_000;
/** How often what other processes changed (pause, swap, rebuild) is looked at; it must count within 2 s. */
export const CONTROL_MS = 1_000;
/** How often a waiting request looks whether another process has come as far. */
export const WAIT_POLL_MS = 50;

/** Pauses after a failure of the database. */
export const RETRY_FIRST_MS = 100;
export const RETRY_MAX_MS = 5_000;

/** A new generation is swapped in when it trails by less in every bucket. */
export const SWAP_LAG_MAX_MICROS = 1_000_000n;
/** And when it is older than this: by then every process knows that there is one. */
export const SWAP_AGE_MIN_MS = 2 * CONTROL_MS + 500;
/** A retired generation that trails by more is not swapped back. */
export const SWAP_BACK_LAG_MAX_SECONDS = 60;
/** A retired generation is dropped after a day: long enough to notice a mistake. */
export const RETIRED_KEPT_MS = 24 * 3_600_000;
/** Copies as of a moment, for each read model; the oldest is dropped. */
export const SHADOWS_MAX = 2;
/** A copy that somebody asked for within this time is in use: another moment does not take its place. */
export const SHADOW_IN_USE_MS = 10 * 60_000;
/** Who asks for several moments at once has each copy for so long before the next of them takes its place. */
export const AS_OF_TURN_MS = 1_000;
/** So long a question waits for its turn; the seconds that a read waits for its copy come after it. */
export const AS_OF_TURN_WAIT_MS = 3_000;
/** How often a question that waits for its turn tries, one of an asker at a time: a short transaction. */
export const AS_OF_TURN_POLL_MS = 100;
/** How often it is written down that a copy is asked for, by each process. */
export const SHADOW_NOTED_MS = 30_000;
/** An append under way may still get an older recorded time than the clock shows: a shadow is called ready after it. */
export const AS_OF_SETTLE_MS = 2_000;
/** A projection that has work and does not move for so long is suspended, so that retention can go on (DESIGN 2). */
export const SUSPEND_AFTER_MS = 7 * 24 * 3_600_000;
/** How often that is looked at. */
export const SUSPEND_CHECK_MS = 60_000;

/** Rows of one page of a list. */
export const LIST_LIMIT_MAX = 1_000;
