/** Limits of the PDF service, each with its reason; shared by the server and the worker that reads the files. */

const MIB = 1024 * 1024;

/** Scans of a few hundred pages; a larger file would not be judged within its time either. */
export const UPLOAD_BYTES_MAX = 50 * MIB;
/** Uploads that are being received at a time in one process: each holds a file and some 200 kB of memory. */
export const UPLOADS_MAX = 128;
/** Whoever sends nothing for this long has gone. */
export const UPLOAD_IDLE_MS = 30_000;
/** The slowest line that is worth waiting for takes 50 MB in this time. */
export const UPLOAD_MS_MAX = 10 * 60_000;
/** Of one tenant, everything kept in blobs counted once. */
export const TENANT_BYTES_MAX = 10 * 1024 * MIB;
/** Verdicts and operations of one tenant that wait or run. */
export const TENANT_JOBS_MAX = 1_000;
/** Of all tenants: a minute of work for one process with two workers. */
export const JOBS_MAX = 3_000;

/** Files of a merge. */
export const INPUTS_MAX = 20;
/** Files that a split may make. */
export const PARTS_MAX = 100;
/** What is made of a document is fetched soon or asked for again. */
export const RESULT_KEPT_MS = 24 * 3600_000;
/** For whoever has to look into an attack; never served. */
export const REFUSED_KEPT_MS = 24 * 3600_000;
/** So that a client that was away can still ask what became of its job. */
export const JOB_KEPT_MS = 7 * 24 * 3600_000;
/** As answers to commands. */
export const REQUEST_KEPT_MS = 7 * 24 * 3600_000;
/** A link is for the click that follows. */
export const LINK_SECONDS_MAX = 300;

/** A worker is killed beyond these; a verdict stands within 15 s. */
export const TASK_MS_MAX = 13_000;
export const TASK_CPU_MS_MAX = 10_000;
/** The largest file, its streams and its objects as text take some 400 MB; the runtime and two modules take 150. */
export const RESIDENT_BYTES_MAX = 768 * MIB;
export const HEAP_MB = 320;
/** What one WebAssembly instance may take: six times the largest file. */
export const WASM_BYTES_MAX = 320 * MIB;

/** Files that the runs of a job hold beside it: the document, its streams and objects as text, and what is written. */
export const RUN_FILES_BYTES_MAX = 512 * MIB;

/** A map of a country has some ten thousand; parsing more takes longer than a verdict may. */
export const OBJECTS_MAX = 100_000;
export const DEPTH_MAX = 100;
export const PAGES_MAX = 10_000;
/** Points. Ten times the largest page that common readers show (ISO 32000-1, annex C). */
export const PAGE_EDGE_MAX = 144_000;
/** Everything but pictures, inflated: the text of ten thousand dense pages. */
export const CONTENT_BYTES_MAX = 100 * MIB;
/** One picture, decoded: a sheet of A0 at 300 dots per inch in colour. */
export const PICTURE_BYTES_MAX = 512 * MIB;
/** All compressed pictures, inflated: what a worker counts in five seconds. */
export const PICTURES_BYTES_MAX = 2048 * MIB;
/** Ten thousand dense pages. */
export const TEXT_CHARS_MAX = 30_000_000;
/** Pixels across a thumbnail. */
export const THUMBNAIL_WIDTH_MAX = 1_600;
/** Pixels of a thumbnail; a page may be a hundred times as high as it is wide. */
export const THUMBNAIL_PIXELS_MAX = 4_000_000;
