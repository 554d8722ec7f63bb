/** A QR code as SVG: dark on light in both themes, as cameras expect, with the quiet zone of four modules. */
import type { ReactElement } from 'react';
import { qrModules } from './qr-code.ts';

const QUIET = 4;

export function QrPicture({
  text,
  label,
}: {
  readonly text: string;
  readonly label: string;
}): ReactElement {
  const modules = qrModules(text);
  const size = modules.length + 2 * QUIET;
  const path = modules
    .flatMap((row, y) =>
      row.map((isDark, x) => (isDark ? `M${String(x + QUIET)} ${String(y + QUIET)}h1v1h-1z` : '')),
    )
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      shapeRendering="crispEdges"
      className="size-52 rounded-control"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#14171a" />
    </svg>
  );
}
