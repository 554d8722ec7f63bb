/** Tabs: arrows move between them; what they show is the screen's. */
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';
import { classes } from './classes.ts';

export interface Tab<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: number | undefined;
}

export interface TabsProps<Value extends string> {
  readonly tabs: readonly Tab<NoInfer<Value>>[];
  readonly value: Value;
  onChange(value: NoInfer<Value>): void;
  /** Said to screen readers. */
  readonly label?: string | undefined;
  /** What the chosen tab shows; without it the screen shows it itself. */
  readonly children?: ReactNode;
  /** Beside the tabs, at the end of the line. */
  readonly actions?: ReactNode;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: -1000,
  End: 1000,
};

/** Where a key leads from a tab; null for keys that do not move. */
function tabAfter(key: string, from: number, { count }: { readonly count: number }): number | null {
  const step = STEPS[key];
  if (step === undefined) return null;
  if (Math.abs(step) === 1) return (from + step + count) % count;
  return step < 0 ? 0 : count - 1;
}

export function Tabs<Value extends string>(props: TabsProps<Value>): ReactElement {
  const { tabs, value, onChange, label, children } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  // On a narrow screen the tabs scroll; the chosen one is in sight.
  useEffect(() => {
    const chosen = list.current?.querySelector('[aria-selected=true]');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [value]);
  const move = (key: string): boolean => {
    const now = tabs.findIndex((tab) => tab.value === value);
    const next = tabAfter(key, now, { count: tabs.length });
    const tab = next === null ? undefined : tabs[next];
    if (next === null || tab === undefined) return false;
    onChange(tab.value);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
    return true;
  };
  return (
    <div className={children === undefined ? 'contents' : 'flex min-w-0 flex-col gap-4'}>
      <div className="flex items-end gap-3 border-b border-line">
        <div
          ref={list}
          role="tablist"
          aria-label={label}
          className="-mb-px flex min-w-0 flex-1 gap-1 overflow-x-auto overflow-y-hidden"
        >
          {tabs.map((tab) => (
            <TabButton
              key={tab.value}
              tab={tab}
              id={`${id}-${tab.value}`}
              panelId={children === undefined ? undefined : `${id}-panel`}
              isChosen={tab.value === value}
              onChoose={() => onChange(tab.value)}
              onMove={move}
            />
          ))}
        </div>
        {props.actions === undefined ? null : (
          <div className="flex shrink-0 gap-2 pb-1">{props.actions}</div>
        )}
      </div>
      {children === undefined ? null : (
        <div
          id={`${id}-panel`}
          role="tabpanel"
          aria-labelledby={`${id}-${value}`}
          className="min-w-0"
        >
          {children}
        </div>
      )}
    </div>
  );
}

interface TabButtonProps {
  readonly tab: Tab;
  readonly id: string;
  readonly panelId: string | undefined;
  readonly isChosen: boolean;
  onChoose(): void;
  /** True when the key moved to another tab. */
  onMove(key: string): boolean;
}

function TabButton(props: TabButtonProps): ReactElement {
  const { tab, id, panelId, isChosen, onChoose, onMove } = props;
  return (
    <button
      type="button"
      role="tab"
      id={id}
      aria-selected={isChosen}
      aria-controls={panelId}
      tabIndex={isChosen ? 0 : -1}
      onClick={onChoose}
      onKeyDown={(press) => {
        if (onMove(press.key)) press.preventDefault();
      }}
      className={classes(
        'inline-flex h-9 shrink-0 items-center gap-2 border-b-2 px-3 text-14 font-medium -outline-offset-2',
        isChosen ? 'border-brand text-brand' : 'border-transparent text-muted hover:text-ink',
      )}
    >
      <span className="max-w-48 truncate">{tab.label}</span>
      {tab.count === undefined ? null : (
        <span className="rounded-full bg-sunken px-1.5 text-12 text-muted">{tab.count}</span>
      )}
    </button>
  );
}
