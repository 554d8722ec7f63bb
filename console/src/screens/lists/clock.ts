/** Times of the day as people type them: `18:30`, `18.30`, `1830`, `18`, `6:30 pm`. Pure. */

const TYPED = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?$/i;

/** `HH:MM`; null for what is no time. */
export function clockOf(text: string): string | null {
  const match = TYPED.exec(text.trim());
  if (match === null) return null;
  const [, hourText = '', minuteText = '00', half] = match;
  const minutes = Number(minuteText);
  const hours = hoursOf(Number(hourText), half?.toLowerCase());
  if (hours === null || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** Midnight is also written 24:00; noon is 12 pm. */
function hoursOf(hours: number, half: string | undefined): number | null {
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null;
    return (hours % 12) + (half === 'p' ? 12 : 0);
  }
  if (hours === 24) return 0;
  return hours > 23 ? null : hours;
}
