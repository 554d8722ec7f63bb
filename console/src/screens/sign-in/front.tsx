/** The frame of what is shown before anybody is signed in. */
import { useEffect, type ReactElement, type ReactNode } from 'react';
import { ConnectionLine } from './connection-line.tsx';
import { Logo } from '../../shell/logo.tsx';
import { LanguageLine } from './language-line.tsx';

export function Front({
  title,
  text,
  children,
  isWide = false,
}: {
  readonly title: string;
  readonly text?: string | undefined;
  readonly children: ReactNode;
  readonly isWide?: boolean;
}): ReactElement {
  useEffect(() => {
    document.title = `${title} · Comptoir`;
  }, [title]);
  return (
    <div className="flex min-h-dvh flex-col">
      <ConnectionLine />
      <main className="mx-auto flex w-full max-w-3xl flex-1 flex-col items-center justify-center gap-6 px-4 py-8">
        <div className="flex flex-col items-center gap-2 text-center">
          <Logo className="size-10" />
          <p className="text-13 text-muted">Comptoir</p>
          <h1 className="text-28">{title}</h1>
          {text === undefined ? null : <p className="max-w-md text-muted">{text}</p>}
        </div>
        <div
          className={`w-full rounded-card border border-line bg-raised p-5 ${isWide ? 'max-w-2xl' : 'max-w-sm'}`}
        >
          {children}
        </div>
        <LanguageLine />
      </main>
    </div>
  );
}
