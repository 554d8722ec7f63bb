/**
 * Loads the files of screens so that a tab never has to be loaded anew for them: what waits in it to be sent would be
 * lost. While the server is away a screen is asked for again and again; those that work without the server are there
 * before they are needed.
 */
import type { ComponentType } from 'react';
import { client } from '../api/api.ts';
import type { ScreenRoute } from '../routes.tsx';

const AGAIN_MS = 1000;
/** Tries while the server answers: its files may be those of another version. */
const TRIES_MAX = 3;
/** The floor, orders and the kitchen queue what cannot be sent. */
const WORK_WITHOUT_SERVER = /^\/(?:floor|order|kitchen)(?:\/|$)/;
/** The first screen and its figures come first. */
const FETCH_AHEAD_MS = 3000;

export async function loadScreen(load: ScreenRoute['load']): Promise<ComponentType> {
  for (let tries = 1; ;) {
    try {
      return await load();
    } catch (error) {
      const answers = await client.call('GET /health/live').then(
        () => true,
        () => false,
      );
      // Worded by ourselves: the router loads the whole page again when it recognises the browser's words.
      if (answers && tries >= TRIES_MAX)
        throw new Error('The files of this screen are not there.', { cause: error });
      if (answers) tries += 1;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** Called once, when the console has begun; nothing is fetched before the first screen was there for a while. */
export function fetchScreensAhead(screens: readonly ScreenRoute[]): void {
  let wasThere = false;
  const timer = setInterval(() => {
    const isThere = document.querySelector('h1') !== null;
    if (!(isThere && wasThere)) {
      wasThere = isThere;
      return;
    }
    clearInterval(timer);
    for (const { path, load } of screens)
      if (WORK_WITHOUT_SERVER.test(path)) void load().catch(() => undefined);
  }, FETCH_AHEAD_MS);
}
