/** The door of the design components. */
export { Button, IconButton, LinkButton, TextLink } from './buttons.tsx';
export { classes } from './classes.ts';
export { DataTable } from './data-table.tsx';
export { type Column } from './table-parts.ts';
export { ConfirmDialog, Dialog, Drawer } from './dialogs.tsx';
export { SelectField, SwitchField, TextAreaField, TextField, type Option } from './fields.tsx';
export { Icon, type IconName } from './icons.tsx';
export {
  Badge,
  CommandLine,
  CopyButton,
  EmptyState,
  ErrorNote,
  Skeleton,
  type Tone,
} from './marks.tsx';
export { Menu, type MenuItem } from './menus.tsx';
export { DateTimeField } from './number-fields.tsx';
export { Card, Facts, Page } from './page.tsx';
export { ProgressBar } from './progress-bar.tsx';
export { Tabs, type Tab } from './tabs.tsx';
export { DiffView, JsonText, JsonView, Moment, Mono, useNow } from './texts.tsx';
export { TimeChart } from './time-chart.tsx';
export { type ChartSeries } from './chart-data.ts';
export { toast } from './toasts.tsx';
export { useSetUrlSearch, useUrlSearch, useUrlState } from './url-state.ts';
