/** Buttons and links that look like buttons. Every button is at least 24 px high; `touch` is for boards (56 px). */
import { Link } from '@tanstack/react-router';
import type { ComponentPropsWithRef, MouseEvent, ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icons.tsx';

export type ButtonKind = 'primary' | 'quiet' | 'danger';
export type ButtonSize = 'normal' | 'compact' | 'touch';

const KINDS: Readonly<Record<ButtonKind, string>> = {
  primary: 'bg-brand text-on-brand border-brand hover:brightness-110',
  quiet: 'bg-raised text-ink border-control hover:bg-sunken',
  danger: 'bg-wine text-on-wine border-wine hover:brightness-110',
};

const SIZES: Readonly<Record<ButtonSize, string>> = {
  normal: 'h-9 px-3 text-14',
  compact: 'h-7 px-2 text-13',
  touch: 'min-h-14 px-5 text-20',
};

const SHAPE =
  'inline-flex max-w-full shrink-0 items-center justify-center gap-2 rounded-control border font-medium no-underline whitespace-nowrap transition-[background-color,filter] duration-120';
const OFF = 'cursor-not-allowed opacity-55';

/** What triggers of menus and popovers add: a reference, states for screen readers, handlers. */
type Native = Omit<
  ComponentPropsWithRef<'button'>,
  'disabled' | 'onClick' | 'children' | 'className' | 'type'
>;

export interface ButtonProps extends Native {
  readonly kind?: ButtonKind | undefined;
  readonly size?: ButtonSize | undefined;
  /** Shows that it works and takes no second click. */
  readonly isBusy?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Why it cannot be used now: said in the title while it is disabled. */
  readonly reason?: string | undefined;
  readonly icon?: IconName | undefined;
  readonly type?: 'button' | 'submit' | undefined;
  readonly onClick?: ((click: MouseEvent<HTMLButtonElement>) => void) | undefined;
  readonly isPressed?: boolean | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Button({ kind = 'quiet', size = 'normal', ...props }: ButtonProps): ReactElement {
  const {
    isBusy = false,
    disabled = false,
    reason,
    icon,
    type = 'button',
    onClick,
    children,
    ...more
  } = props;
  const { isPressed, className, ...native } = more;
  const isOff = disabled || isBusy;
  return (
    <button
      {...native}
      type={type}
      // A disabled button that has a reason stays reachable, so that the reason can be read.
      disabled={disabled && reason === undefined}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy || undefined}
      {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
      title={disabled ? reason : native.title}
      onClick={(click) => {
        if (isOff) click.preventDefault();
        else onClick?.(click);
      }}
      className={classes(
        SHAPE,
        // One of both: classes of one property would win by their place in the sheet.
        isPressed === true ? 'border-brand bg-brand-soft text-brand' : KINDS[kind],
        SIZES[size],
        isOff && OFF,
        className,
      )}
    >
      {isBusy ? <Icon name="spinner" className="animate-spin" /> : null}
      {icon !== undefined && !isBusy ? (
        <Icon name={icon} size={size === 'touch' ? 24 : 16} />
      ) : null}
      <span className="min-w-0 truncate">{children}</span>
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  readonly icon: IconName;
  /** What it does; said to screen readers and on hover. */
  readonly label: string;
}

const ICON_SIZES: Readonly<Record<ButtonSize, string>> = {
  normal: 'size-9',
  compact: 'size-7',
  touch: 'size-14',
};

export function IconButton({
  icon,
  label,
  size = 'normal',
  kind,
  ...props
}: IconButtonProps): ReactElement {
  const {
    disabled = false,
    isBusy = false,
    reason,
    isPressed,
    className,
    type = 'button',
    ...native
  } = props;
  const isOff = disabled || isBusy;
  return (
    <button
      {...native}
      type={type}
      disabled={isOff}
      aria-label={label}
      {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
      title={disabled ? (reason ?? label) : label}
      className={classes(
        'inline-flex shrink-0 items-center justify-center rounded-control transition-colors duration-120',
        kind === undefined ? 'text-muted hover:bg-sunken hover:text-ink' : `border ${KINDS[kind]}`,
        ICON_SIZES[size],
        isOff && OFF,
        isPressed === true && 'bg-brand-soft text-brand',
        className,
      )}
    >
      <Icon
        name={isBusy ? 'spinner' : icon}
        size={size === 'touch' ? 24 : size === 'compact' ? 16 : 20}
        className={isBusy ? 'animate-spin' : ''}
      />
    </button>
  );
}

export interface LinkButtonProps {
  readonly to: string;
  readonly kind?: ButtonKind | undefined;
  readonly size?: ButtonSize | undefined;
  readonly icon?: IconName | undefined;
  readonly search?: Readonly<Record<string, string>> | undefined;
  readonly children: ReactNode;
}

export function LinkButton(props: LinkButtonProps): ReactElement {
  const { to, kind = 'quiet', size = 'normal', icon, search, children } = props;
  return (
    <Link
      to={to}
      {...(search === undefined ? {} : { search })}
      className={classes(SHAPE, KINDS[kind], SIZES[size])}
    >
      {icon === undefined ? null : <Icon name={icon} size={size === 'touch' ? 24 : 16} />}
      <span className="min-w-0 truncate">{children}</span>
    </Link>
  );
}

export interface TextLinkProps {
  readonly to: string;
  readonly search?: Readonly<Record<string, string>> | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A link within text or a table. */
export function TextLink({ to, search, className, children }: TextLinkProps): ReactElement {
  return (
    <Link
      to={to}
      {...(search === undefined ? {} : { search })}
      className={classes('text-brand underline decoration-1 underline-offset-2', className)}
    >
      {children}
    </Link>
  );
}
