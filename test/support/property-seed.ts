/**
 * Property tests draw from one seed, so that a commit gets the same verdict wherever and whenever its tests run.
 * COMPTOIR_MODEL_SEED=N takes another one, which is how a failure is repeated; COMPTOIR_MODEL_SEED=random takes a new one
 * for each property, which is how more is searched. A setup file of vitest: it counts for every test of its worker.
 */
import fc from 'fast-check';

const SEED = 20_261;

const asked = process.env['COMPTOIR_MODEL_SEED'] ?? String(SEED);
if (asked !== 'random') fc.configureGlobal({ seed: Number(asked) });
