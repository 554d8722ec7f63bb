/** The console's own icons: 24 x 24, strokes of 1.5 px, drawn in the colour of the text beside them. */
import type { ReactElement } from 'react';

/** One or several SVG paths an icon; a name is added here and nowhere else. */
const PATHS = {
  today: 'M4 19h16M7 19v-6M12 19V6M17 19v-9',
  floor: 'M4 9h16M6 9v10M18 9v10M8 5h8a2 2 0 0 1 2 2v2H6V7a2 2 0 0 1 2-2Z',
  kitchen:
    'M5 11h14l-1.2 7a2 2 0 0 1-2 1.7H8.2a2 2 0 0 1-2-1.7L5 11ZM3 11h18M9 7.500c0-1.500 1.200-1.500 1.200-3M14 7.500c0-1.500 1.200-1.500 1.200-3',
  orders: 'M6 3h12v18l-3-2-3 2-3-2-3 2V3ZM9 8h6M9 12h6',
  reservations:
    'M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM4 10h16M8 3v4M16 3v4M9 14.500l2 2 4-4',
  guests:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM3 20c0-3.500 2.700-5.500 6-5.500s6 2 6 5.500M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.800c2 .8 3 2.500 3 5.200',
  menu: 'M5 4h11a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2V4ZM5 18a2 2 0 0 1 2-2h11M9 8h5M9 11.500h5',
  loyalty:
    'm12 4 2.400 5 5.600.7-4.100 3.800 1.100 5.500-5-2.800-5 2.800 1.100-5.500L4 9.700 9.600 9 12 4Z',
  leads: 'M4 5h16l-6.500 8v6L10.500 20.500V13L4 5Z',
  messages: 'M4 5h16v11H10l-4 4v-4H4V5ZM8 9h8M8 12h5',
  documents: 'M7 3h7l5 5v13H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM14 3v5h5M9.500 13h6M9.500 16.500h6',
  live: 'M3 12h4l2.500-6 4.500 12 2.500-6H21',
  events: 'M5 6h.01M5 12h.01M5 18h.01M9 6h11M9 12h11M9 18h11',
  projections: 'M12 3 3 8l9 5 9-5-9-5ZM3 12.500l9 5 9-5M3 17l9 5 9-5',
  'dead-letters': 'M4 6h16v12H4V6ZM4 6l8 7 8-7M9 21l6 0',
  deliveries: 'M3 11.500 20 4l-5 16-4-6.500-8-2ZM11 13.500 20 4',
  access:
    'M8.500 15.500a4.500 4.500 0 1 1 4.200-6H21v3h-2v3h-3v-3h-3.300a4.500 4.500 0 0 1-4.200 3ZM8.500 11h.01',
  audit:
    'M12 3 5 5.500V11c0 4.500 2.800 8 7 10 4.200-2 7-5.500 7-10V5.500L12 3ZM9 11.800l2.200 2.200L15 10',
  settings:
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM12 3v2.500M12 18.500V21M3 12h2.500M18.500 12H21M5.600 5.600l1.800 1.800M16.600 16.600l1.800 1.800M18.400 5.600l-1.800 1.800M7.400 16.600l-1.800 1.800',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16.200 16.200 21 21',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'm5 12.500 4.500 4.500L19 7.500',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  'chevron-down': 'm6 9.500 6 6 6-6',
  'chevron-up': 'm6 14.500 6-6 6 6',
  'chevron-left': 'm14.500 6-6 6 6 6',
  'chevron-right': 'm9.500 6 6 6-6 6',
  'arrow-left': 'M20 12H4M10 6l-6 6 6 6',
  'arrow-right': 'M4 12h16M14 6l6 6-6 6',
  'arrow-up': 'M12 20V4M6 10l6-6 6 6',
  'arrow-down': 'M12 4v16M6 14l6 6 6-6',
  more: 'M4.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M11.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M18.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0',
  edit: 'M4 20h4L19.500 8.500a2 2 0 0 0 0-2.800l-1.200-1.200a2 2 0 0 0-2.800 0L4 16v4ZM13.500 6.500l4 4',
  trash: 'M4 7h16M9 7V4h6v3M6.500 7l1 13h9l1-13M10 11v5.500M14 11v5.500',
  copy: 'M9 9h11v11H9V9ZM5 15H4V4h11v1',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  upload: 'M12 16V5M7 9l5-5 5 5M4 20h16',
  refresh: 'M20 11a8 8 0 1 0-2.300 6.300M20 5v6h-6',
  undo: 'M4 9h10a5.500 5.500 0 0 1 0 11H8M8 5 4 9l4 4',
  play: 'M7 5v14l12-7L7 5Z',
  pause: 'M8 5v14M16 5v14',
  filter: 'M4 6h16M7 12h10M10 18h4',
  sort: 'M8 5v14M4.500 15.500 8 19l3.500-3.500M16 19V5M12.500 8.500 16 5l3.500 3.500',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.500 2',
  history: 'M4 12a8.500 8.500 0 1 0 2.500-6L4 8.500M4 4v4.500h4.500M12 8v4.500l3 1.500',
  calendar:
    'M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM4 10h16M8 3v4M16 3v4',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.500M12 7.500h.01',
  warning: 'M12 4 2.500 20h19L12 4ZM12 10v4.500M12 17.200h.01',
  error: 'M8 3h8l5 5v8l-5 5H8l-5-5V8l5-5ZM9 9l6 6M15 9l-6 6',
  success: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.300l2.800 2.800L16 9.500',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.500 9.500a2.500 2.500 0 1 1 3.600 2.200c-.8.4-1.100.9-1.100 1.800M12 16.800h.01',
  lock: 'M6 11h12v9H6v-9ZM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  unlock: 'M6 11h12v9H6v-9ZM8.500 11V8a3.500 3.500 0 0 1 6.800-1.200',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 20.500c0-4 3.400-6 7.500-6s7.500 2 7.500 6',
  'person-add':
    'M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM3 20.500c0-4 3-6 7-6 1.300 0 2.500.2 3.600.7M18 14v6M15 17h6',
  'sign-out': 'M10 4H5v16h5M9 12h12M17 8l4 4-4 4',
  switch: 'M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4',
  device: 'M6 3h12v18H6V3ZM10.500 18h3',
  key: 'M8 15a4 4 0 1 1 3.800-5.200H21V13h-2.500v2.500H15V13h-3.200A4 4 0 0 1 8 15Z',
  sun: 'M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9ZM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500Z',
  contrast: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 3v18M12 8l7.500 0M12 12h9M12 16h7.500',
  language:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3.500 9h17M3.500 15h17M12 3c-5 5.500-5 12.500 0 18M12 3c5 5.500 5 12.500 0 18',
  business:
    'M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0ZM10 20v-5h4v5',
  sidebar: 'M4 5h16v14H4V5ZM9.500 5v14',
  list: 'M4 6h16M4 12h16M4 18h16',
  grid: 'M4 4h7v7H4V4ZM13 4h7v7h-7V4ZM4 13h7v7H4v-7ZM13 13h7v7h-7v-7Z',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.700-5.700l-1.300 1.200M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.700 5.700l1.300-1.200',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  code: 'm8 7-5 5 5 5M16 7l5 5-5 5M13.500 5l-3 14',
  table: 'M4 5h16v14H4V5ZM4 10h16M10 10v9',
  chart: 'M4 4v16h16M7 15l4-5 3 3 5-7',
  flag: 'M6 21V4h12l-2.500 4L18 12H6',
  pin: 'M12 21s-6.500-6-6.500-11a6.500 6.500 0 0 1 13 0c0 5-6.500 11-6.500 11ZM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  phone:
    'M5 4h4l1.500 5-2.500 1.500a12 12 0 0 0 5.500 5.500L15 13.500l5 1.500v4a1.500 1.500 0 0 1-1.600 1.500C10.500 20 4 13.500 3.500 5.600A1.500 1.500 0 0 1 5 4Z',
  mail: 'M4 6h16v12H4V6ZM4 7l8 6 8-6',
  send: 'M4 12 20 4l-4 16-5-6-7-2Z',
  cash: 'M3 6h18v12H3V6ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM6.500 9.500h.01M17.500 14.500h.01',
  card: 'M3 6h18v12H3V6ZM3 10h18M7 14.500h3',
  receipt: 'M6 3h12v18l-3-2-3 2-3-2-3 2V3ZM9 8h6M9 12h6M9 15.500h3',
  till: 'M4 13h16v7H4v-7ZM7 13V8h10v5M10 4h7v4M9 16.500h6',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7v-6Z',
  split: 'M12 20v-7L6 7M12 13l6-6M6 11V7h4M18 11V7h-4',
  merge: 'M12 20v-8M12 12 6 5M12 12l6-7M8.500 16.500 12 20l3.500-3.500',
  fire: 'M12 3c1 4 5.500 5.500 5.500 11a5.500 5.500 0 0 1-11 0c0-2 1-3.500 2-4.500 0 2 1 3 2 3 1.500-2 .5-5 1.500-9.500Z',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.500 1.500h-15L6 17ZM10 21h4',
  'bell-off': 'M6 17V11a6 6 0 0 1 9.500-5M18 11v6l1.500 1.500H6M10 21h4M4 4l16 16',
  eye: 'M2.500 12C5 7.500 8.300 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-5.800 6.500-9.500 6.500S5 16.500 2.500 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  image: 'M4 5h16v14H4V5ZM4 16l5-5 4 4 3-3 4 4M15 9.500h.01',
  note: 'M5 4h14v11l-5 5H5V4ZM14 20v-5h5M8.500 8.500h7M8.500 12h4',
  tag: 'M4 4h8l8.500 8.500-8 8L4 12V4ZM8 8h.01',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6l1-7Z',
  spinner: 'M12 3a9 9 0 1 1-9 9',
  terminal: 'M4 5h16v14H4V5ZM7.500 9.500 10.500 12l-3 2.500M12.500 15H16',
  stop: 'M6 6h12v12H6V6Z',
  archive: 'M4 5h16v4H4V5ZM5.500 9v11h13V9M10 13h4',
  star: 'm12 4 2.400 5 5.600.7-4.100 3.800 1.100 5.500-5-2.800-5 2.800 1.100-5.500L4 9.700 9.600 9 12 4Z',
} as const;

export type IconName = keyof typeof PATHS;

const SIZES = { 12: 'size-3', 16: 'size-4', 20: 'size-5', 24: 'size-6', 32: 'size-8' } as const;

export interface IconProps {
  readonly name: IconName;
  readonly size?: keyof typeof SIZES | undefined;
  /** Said to screen readers; without it the icon is decoration. */
  readonly label?: string | undefined;
  readonly className?: string | undefined;
}

export function Icon({ name, size = 16, label, className = '' }: IconProps): ReactElement {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`${SIZES[size]} shrink-0 ${className}`}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path d={PATHS[name]} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
