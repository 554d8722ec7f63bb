/** Verification of the audit trail: one button, and what was found in words. */
import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Arguments, CallFailed, Operations } from '../../../../src/client/client.ts';
import { useCommand } from '../../api/api.ts';
import { Button, classes, CopyButton, ErrorNote, Icon } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { words } from './words.ts';

type Verified = Operations['POST /v1/audit/verify']['answer'];
type Chain = Verified['chains'][number];
export type Verify = UseMutationResult<Verified, CallFailed, Arguments<'POST /v1/audit/verify'>>;

export function useVerify(): Verify {
  return useCommand('POST /v1/audit/verify');
}

export function VerifyButton({ verify }: { readonly verify: Verify }): ReactElement {
  const t = useWords(words);
  return (
    <Button
      kind="primary"
      icon="audit"
      isBusy={verify.isPending}
      onClick={() => verify.mutate({ body: {} })}
    >
      {t(verify.isPending ? 'verify-busy' : 'verify')}
    </Button>
  );
}

export function VerifyResult({ verify }: { readonly verify: Verify }): ReactElement | null {
  const t = useWords(words);
  if (verify.error !== null) return <ErrorNote error={verify.error} />;
  if (verify.data === undefined) return null;
  const { ok, chains, publicKey } = verify.data;
  return (
    <section
      aria-live="polite"
      className={classes(
        'flex min-w-0 gap-3 rounded-card border p-4',
        ok ? 'border-brand bg-brand-soft' : 'border-wine bg-wine-soft',
      )}
    >
      <Icon
        name={ok ? 'success' : 'warning'}
        size={24}
        className={ok ? 'text-brand' : 'text-wine'}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="text-16 font-semibold">{t(ok ? 'verified-good' : 'verified-bad')}</p>
        <ul className="flex flex-col gap-1">
          {chains.map((chain) => (
            <ChainWords key={chain.class} chain={chain} />
          ))}
        </ul>
        <details className="text-13">
          <summary className="cursor-pointer">{t('public-key')}</summary>
          <p className="pt-1">{t('public-key-text')}</p>
          <div className="flex items-start gap-2 pt-1">
            <pre className="min-w-0 flex-1 overflow-auto text-12">{publicKey}</pre>
            <CopyButton text={publicKey} />
          </div>
        </details>
      </div>
    </section>
  );
}

function ChainWords({ chain }: { readonly chain: Chain }): ReactElement {
  const t = useWords(words);
  const { class: kind, first, last, checkpoints, foreign, damage } = chain;
  const name = t(`class-${kind}`);
  const count = Math.max(0, last - first + 1);
  const text =
    damage !== null
      ? t('chain-bad', {
          name,
          seq: damage.seq,
          kind: t(`damage-${damage.kind}`),
          detail: damage.detail,
        })
      : count === 0
        ? t('chain-empty', { name })
        : t('chain-good', { name, count, checkpoints });
  return (
    <li className="flex items-start gap-2">
      <Icon
        name={damage === null ? 'check' : 'error'}
        className={classes('mt-1', damage === null ? 'text-brand' : 'text-wine')}
      />
      <span className="min-w-0 break-words">
        {text}
        {foreign === 0 ? null : ` ${t('chain-foreign', { name, count: foreign })}`}
      </span>
    </li>
  );
}
