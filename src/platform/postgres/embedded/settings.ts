/**
 * The configuration of the embedded server, written at every start. Tuned for a log: mostly inserts of packed,
 * already compressed batches, few updates, reads of what was just written.
 */
import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';

const MEBIBYTE = 1024 * 1024;

/** More buys nothing: the hot part of the log is its tail. A small machine gives an eighth of its memory. */
const SHARED_BUFFERS_MAX_MB = 256;
const SHARED_BUFFERS_MIN_MB = 64;
/**
 * WAL between two checkpoints. More means fewer full-page images; it also means a longer recovery after a crash, and
 * a start after kill -9 may take 15 s: with this limit at most about 1.1 GB is replayed, and 885 MB took 3.7 s on two
 * busy cores. On small disks an eighth of what is free.
 */
const WAL_MAX_MB = 2048;
/** Four segments of 16 MB: less makes the server checkpoint all the time. */
const WAL_MIN_MB = 64;

/**
 * A process takes up to 45, a backup two. With 60, a second process on the same server (COMPTOIR_DATABASE_URL) had both answer
 * UNAVAILABLE under load: too many clients.
 */
const CONNECTIONS_MAX = 100;

export interface ClusterSettings {
  readonly port: number;
  /** Folder of the unix socket; undefined for none. */
  readonly socketFolder: string | undefined;
  /** Folder that is on the disk of the data. */
  readonly cluster: string;
}

/** The text of postgresql.conf. */
export async function postgresqlConf(settings: ClusterSettings): Promise<string> {
  const memoryMb = Math.floor(totalmem() / MEBIBYTE);
  const { bavail, bsize } = await statfs(settings.cluster);
  const freeMb = Math.floor((bavail * bsize) / MEBIBYTE);
  const walMb = clamp(Math.floor(freeMb / 8), WAL_MIN_MB, WAL_MAX_MB);
  const values = {
    listen_addresses: '127.0.0.1',
    port: settings.port,
    unix_socket_directories: settings.socketFolder ?? '',
    unix_socket_permissions: '0700',
    max_connections: CONNECTIONS_MAX,
    password_encryption: 'scram-sha-256',
    shared_buffers: `${clamp(Math.floor(memoryMb / 8), SHARED_BUFFERS_MIN_MB, SHARED_BUFFERS_MAX_MB)}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(memoryMb / 2))}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    ...walValues(walMb),
    ...logValues(),
    // Solid-state disks; the default assumes seeks.
    random_page_cost: 1.1,
    autovacuum: 'on',
    max_parallel_workers_per_gather: 1,
    // A statement whose client gave up is noticed and ended; otherwise each would hold a connection until it is done.
    client_connection_check_interval: '2s',
    // A process that was stopped or cut off in the middle of a transaction keeps its locks, and vacuum from cleaning: no
    // longer than this. It finds its connection gone and gives the work again.
    idle_in_transaction_session_timeout: '30s',
    datestyle: 'iso, ymd',
    timezone: 'UTC',
  };
  const lines = Object.entries(values).map(([name, value]) => `${name} = '${String(value)}'`);
  return `${[
    '# Written by Comptoir at every start. Put settings of your own into custom.conf beside this file.',
    ...lines,
    "include_if_exists = 'custom.conf'",
  ].join('\n')}\n`;
}

function walValues(walMb: number): Record<string, string | number> {
  return {
    // L1 rests on the first three.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // Batches are compressed before they come here and pglz is the only method built in: CPU for nothing.
    wal_compression: 'off',
    wal_level: 'replica',
    wal_buffers: '16MB',
    max_wal_size: `${walMb}MB`,
    min_wal_size: `${Math.max(32, Math.floor(walMb / 4))}MB`,
    checkpoint_timeout: '15min',
    checkpoint_completion_target: 0.9,
    // A backup uses two; a slot that is left behind must not fill the disk.
    max_wal_senders: 4,
    max_replication_slots: 4,
    max_slot_wal_keep_size: `${walMb * 2}MB`,
    // One call for the whole file system instead of opening every file of the cluster after a crash.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
  };
}

function logValues(): Record<string, string> {
  return {
    // What reaches our own log holds no personal data: errors of statements, which quote values, are left out (`log`
    // is above `error` in this scale), and what is left comes without statement, detail and context.
    log_destination: 'stderr',
    logging_collector: 'off',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_line_prefix: '',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    lc_messages: 'C',
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}

/** The text of pg_hba.conf: passwords over the loopback only; `replication` is what backups use. */
export const PG_HBA_CONF = `# Written by Comptoir at every start.
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host replication all 127.0.0.1/32 scram-sha-256
`;
