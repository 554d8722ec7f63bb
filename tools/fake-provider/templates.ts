/** Templates of the fake provider: submitted, then approved at once or when somebody says so. */

export type TemplateStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED';

interface Template {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly language: string;
  readonly category: string;
  status: TemplateStatus;
}

export class Templates {
  readonly #held: Template[] = [];

  /** Null for a body that is none. */
  submit(account: string, body: unknown, isApproved: boolean): object | null {
    if (typeof body !== 'object' || body === null) return null;
    // safe because any member of an object may be asked for
    const { name, language, category } = body as Readonly<Record<string, unknown>>;
    if (typeof name !== 'string' || !/^[a-z0-9_]{1,512}$/.test(name)) return null;
    if (typeof language !== 'string' || typeof category !== 'string') return null;
    const template: Template = {
      id: String(this.#held.length + 1),
      account,
      name,
      language,
      category,
      status: isApproved ? 'APPROVED' : 'PENDING',
    };
    this.#held.push(template);
    const { id, status } = template;
    return { id, status, category };
  }

  list(account: string): readonly object[] {
    return this.#held
      .filter((template) => template.account === account)
      .map(({ id, name, language, category, status }) => ({
        id,
        name,
        language,
        category,
        status,
      }));
  }

  /** How the review ended. */
  review(name: string, status: TemplateStatus): void {
    for (const template of this.#held) if (template.name === name) template.status = status;
  }
}
