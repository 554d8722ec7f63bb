/** What opens from a button: menus of actions, popovers, tooltips. */
import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Popover as BasePopover } from '@base-ui/react/popover';
import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icons.tsx';

const PANEL =
  'rounded-card border border-line bg-raised shadow-overlay outline-none transition-opacity duration-120 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0';

export interface MenuItem {
  readonly label: string;
  onSelect(): void;
  readonly icon?: IconName | undefined;
  readonly kind?: 'danger' | undefined;
  readonly disabled?: boolean | undefined;
  /** Why it cannot be chosen. */
  readonly reason?: string | undefined;
  /** Not offered at all. */
  readonly hidden?: boolean | undefined;
  readonly isChecked?: boolean | undefined;
}

export interface MenuProps {
  /** A Button or an IconButton. */
  readonly trigger: ReactElement;
  /** `null` is a rule between groups. */
  readonly items: readonly (MenuItem | null)[];
  readonly align?: 'start' | 'end' | undefined;
  /** Above the items: who or what it is about. */
  readonly head?: ReactNode;
}

export function Menu({ trigger, items, align = 'end', head }: MenuProps): ReactElement {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} sideOffset={4} className="z-50">
          <BaseMenu.Popup className={classes(PANEL, 'max-w-80 min-w-48 py-1')}>
            {head === undefined ? null : (
              <div className="border-b border-line px-3 py-2">{head}</div>
            )}
            {items.map((item, at) =>
              item?.hidden === true ? null : item === null ? (
                <BaseMenu.Separator key={`rule-${String(at)}`} className="my-1 h-px bg-line" />
              ) : (
                <Item key={item.label} {...item} />
              ),
            )}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

function Item({
  label,
  icon,
  kind,
  onSelect,
  disabled = false,
  reason,
  isChecked,
}: MenuItem): ReactElement {
  return (
    <BaseMenu.Item
      disabled={disabled}
      onClick={onSelect}
      title={disabled ? reason : undefined}
      className={classes(
        'flex min-h-8 cursor-pointer items-center gap-2.5 px-3 py-1 text-14 outline-none data-[highlighted]:bg-brand-soft',
        kind === 'danger' ? 'text-wine' : 'text-ink',
        disabled && 'cursor-not-allowed opacity-55',
      )}
    >
      {icon === undefined ? null : <Icon name={icon} className="text-current" />}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {isChecked === true ? <Icon name="check" className="text-brand" /> : null}
    </BaseMenu.Item>
  );
}

export interface PopoverProps {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly children: ReactNode;
  readonly isOpen?: boolean | undefined;
  readonly onOpenChange?: ((isOpen: boolean) => void) | undefined;
  readonly align?: 'start' | 'center' | 'end' | undefined;
}

export function Popover({
  trigger,
  label,
  children,
  isOpen,
  onOpenChange,
  align = 'start',
}: PopoverProps): ReactElement {
  return (
    <BasePopover.Root
      {...(isOpen === undefined ? {} : { open: isOpen })}
      {...(onOpenChange === undefined
        ? {}
        : { onOpenChange: (open: boolean) => onOpenChange(open) })}
    >
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <BasePopover.Popup
            aria-label={label}
            className={classes(PANEL, 'max-w-[calc(100vw-16px)] p-3')}
          >
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}

export interface TooltipProps {
  readonly text: ReactNode;
  /** The element it belongs to; it must be able to take the focus. */
  readonly children: ReactElement;
  readonly side?: 'top' | 'right' | 'bottom' | 'left' | undefined;
}

export function Tooltip({ text, children, side = 'top' }: TooltipProps): ReactElement {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="max-w-64 rounded-control border border-line bg-ink px-2 py-1 text-12 text-ground">
            {text}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
