/** Days before the demo was begun of which it tells what was sold. */
export const HISTORY_DAYS = 90;
