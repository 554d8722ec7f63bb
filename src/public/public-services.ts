/** What the public pages stand on; the composition root puts it together. */
import type { ModuleRouteDependencies } from '../http/modules/services.ts';
import type { Logger } from '../core/logger.ts';
import type { MenuReader } from '../modules/catalog/index.ts';
import type { LinkTokens } from '../modules/reservations/index.ts';
import type { Links } from './links/links.ts';
import type { Slugs } from './slugs/slugs.ts';

/** A link that somebody asked for, on its way to an address on file. */
export interface LinkToSend {
  readonly tenant: string;
  /** On file: never what was typed. */
  readonly email: string;
  /** Whose message it is, so that it goes with them; null for somebody who is no customer. */
  readonly customerId: string | null;
  /** Id of the message that it goes out in. */
  readonly messageId: string;
  /** Path and query, beginning with a slash, with TOKEN_PLACE for the token; whoever sends it knows host and token. */
  readonly path: string;
  readonly house: string;
  readonly language: string;
  /** RFC 3339. */
  readonly expiresAt: string;
}

/** What is kept on persons, and how it goes. */
export interface PersonalFiles {
  /** One JSON document, piece by piece. */
  export(tenant: string, personId: string): AsyncIterable<string | Uint8Array>;
  erase(tenant: string, personId: string, actor: string): Promise<unknown>;
}

export interface PublicServices {
  readonly modules: ModuleRouteDependencies;
  readonly slugs: Slugs;
  readonly links: Links;
  readonly personal: PersonalFiles;
  /** Resolves when the message is in the outbox; the page does not wait for it. */
  readonly sendLink: (link: LinkToSend) => Promise<void>;
  readonly logger: Logger;
}

/** The services, and what the pages share that is made once. */
export interface Public extends PublicServices {
  readonly menus: MenuReader;
  /** Of bookings: they are computed, not stored. */
  readonly bookingTokens: LinkTokens;
  readonly limits: PublicLimits;
}

/** What one address may do in a while; reading has the limit of the server. Errors: RATE_LIMITED. */
export interface PublicLimits {
  readonly book: (client: string) => void;
  readonly hold: (client: string) => void;
  readonly askForLink: (client: string) => void;
  /** False when they were sent enough: nobody is told, since that would tell that they are known. */
  readonly linkFor: (persons: string) => boolean;
  readonly export: (token: string) => void;
  /** Wrong tokens: guessing 128 bits is hopeless, and this makes it dull. */
  readonly wrongToken: (client: string) => void;
}
