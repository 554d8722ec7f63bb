/**
 * What a document could do by itself, found in its objects and taken out. Nothing here touches what a page shows: the
 * streams keep their bytes, and only entries that act, reach out or carry files are dropped.
 */
import {
  isDict,
  isReference,
  isStream,
  resolved,
  textOf,
  type Json,
  type JsonDict,
  type ObjectGraph,
} from './object-graph.ts';

export const REMOVED_CODES = [
  'JAVASCRIPT',
  'OPEN_ACTION',
  'ADDITIONAL_ACTIONS',
  'LAUNCH',
  'REMOTE_GO_TO',
  'SUBMIT_FORM',
  'IMPORT_DATA',
  'DANGEROUS_LINK',
  'EMBEDDED_FILE',
  'RICH_MEDIA',
  'XFA',
  'EXTERNAL_CONTENT',
  'POSTSCRIPT',
  'HIDDEN_CONTENT',
  'TRAILING_DATA',
  'DAMAGE',
  'LINK',
  'METADATA',
] as const;
export type RemovedCode = (typeof REMOVED_CODES)[number];

export interface Disarmed {
  /** How often each was found; empty when there is nothing to take out. */
  readonly removed: ReadonlyMap<RemovedCode, number>;
  /** New values of the objects that change; `stream` for those that keep their bytes. */
  readonly changes: ReadonlyMap<string, { readonly value: Json; readonly isStream: boolean }>;
  readonly trailer: JsonDict | null;
}

/** ISO 32000-2, 12.6.4, and the actions of its extensions. What is not named here only moves within the document. */
const ACTIONS: Readonly<Record<string, RemovedCode>> = {
  '/JavaScript': 'JAVASCRIPT',
  '/Launch': 'LAUNCH',
  '/GoToR': 'REMOTE_GO_TO',
  '/GoToE': 'REMOTE_GO_TO',
  '/GoToDp': 'REMOTE_GO_TO',
  '/SubmitForm': 'SUBMIT_FORM',
  '/ImportData': 'IMPORT_DATA',
  '/Rendition': 'RICH_MEDIA',
  '/Movie': 'RICH_MEDIA',
  '/Sound': 'RICH_MEDIA',
  '/RichMediaExecute': 'RICH_MEDIA',
  '/GoTo3DView': 'RICH_MEDIA',
};
const ANNOTATIONS: Readonly<Record<string, RemovedCode>> = {
  '/RichMedia': 'RICH_MEDIA',
  '/3D': 'RICH_MEDIA',
  '/Movie': 'RICH_MEDIA',
  '/Sound': 'RICH_MEDIA',
  '/Screen': 'RICH_MEDIA',
  '/FileAttachment': 'EMBEDDED_FILE',
};
/** Entries that are dropped wherever they stand. */
const ENTRIES: Readonly<Record<string, RemovedCode>> = {
  '/JavaScript': 'JAVASCRIPT',
  '/XFA': 'XFA',
  '/EmbeddedFiles': 'EMBEDDED_FILE',
  '/EF': 'EMBEDDED_FILE',
  '/AF': 'EMBEDDED_FILE',
  '/Collection': 'EMBEDDED_FILE',
  '/Renditions': 'RICH_MEDIA',
  '/RichMediaContent': 'RICH_MEDIA',
  '/OPI': 'EXTERNAL_CONTENT',
};
const EXTERNAL_ENTRIES: readonly string[] = ['/F', '/FFilter', '/FDecodeParms'];
const METADATA_ENTRIES: readonly string[] = ['/Metadata', '/PieceInfo', '/LastModified', '/Thumb'];
/** Schemes that a browser or reader asks about before it follows them. */
const HARMLESS_LINK =
  /^\s*(https?:|mailto:|tel:|sms:|ftps?:|#|\?|[^:\\/]*$|[^:\\]*\/(?!\/)|\.{0,2}\/(?!\/))/i;
const UNC = /^\s*(\\\\|\/\/)/;

export interface DisarmOptions {
  /** Links to the web and metadata go too. */
  readonly everything: boolean;
}

export function disarm(graph: ObjectGraph, options: DisarmOptions): Disarmed {
  const finder = new Finder(graph, options);
  for (const [name, { value, data }] of graph.objects) finder.object(name, value, data !== null);
  const trailer = finder.value(graph.trailer, false);
  const isChanged = trailer !== graph.trailer && isDict(trailer);
  return {
    removed: finder.removed,
    changes: finder.changes,
    trailer: isChanged ? trailer : null,
  };
}

/** A class because it gathers while it walks. */
class Finder {
  readonly removed = new Map<RemovedCode, number>();
  readonly changes = new Map<string, { value: Json; isStream: boolean }>();
  readonly #graph: ObjectGraph;
  readonly #options: DisarmOptions;

  constructor(graph: ObjectGraph, options: DisarmOptions) {
    this.#graph = graph;
    this.#options = options;
  }

  object(name: string, value: Json, isStreamObject: boolean): void {
    if (isStreamObject && isDict(value) && value['/Type'] === '/EmbeddedFile') {
      this.#note('EMBEDDED_FILE');
      this.changes.set(name, { value: null, isStream: false });
      return;
    }
    const kept = this.value(value, isStreamObject);
    if (kept !== value)
      this.changes.set(name, { value: kept, isStream: isStreamObject && kept !== null });
  }

  /** The same value where nothing is taken out; null where all of it is. */
  value(value: Json, isStreamDict: boolean): Json {
    if (typeof value !== 'object' || value === null) return value;
    // safe because an array of JSON holds JSON
    if (Array.isArray(value)) return this.#array(value as readonly Json[]);
    return this.#dict(value as JsonDict, isStreamDict);
  }

  #array(items: readonly Json[]): Json {
    let isSame = true;
    const kept = items.map((item) => {
      const left = this.value(item, false);
      if (left !== item) isSame = false;
      return left;
    });
    return isSame ? items : kept;
  }

  #dict(dict: JsonDict, isStreamDict: boolean): Json {
    const code = this.#wholeDict(dict);
    if (code !== null) {
      this.#note(code);
      return null;
    }
    let isSame = true;
    const kept: Record<string, Json> = {};
    for (const [key, value] of Object.entries(dict)) {
      const entry = this.#entry(key, value, isStreamDict);
      if (entry !== null) {
        this.#note(entry);
        // What it holds is told too, though it goes with it.
        this.value(value, false);
        isSame = false;
        continue;
      }
      const left = this.value(value, false);
      if (left !== value) isSame = false;
      kept[key] = left;
    }
    return isSame ? dict : kept;
  }

  /** Why the dictionary as a whole has to go. */
  #wholeDict(dict: JsonDict): RemovedCode | null {
    const isStructure = '/K' in dict && '/P' in dict;
    const action = this.#name(dict['/S']);
    if (!isStructure && action !== null) {
      const code = ACTIONS[action];
      if (code !== undefined) return code;
      if (action === '/Thread' && '/F' in dict) return 'REMOTE_GO_TO';
      if (action === '/URI') return this.#link(dict);
    }
    const subtype = this.#name(dict['/Subtype']);
    if (subtype === '/PS' && !('/BaseFont' in dict)) return 'POSTSCRIPT';
    if (subtype === null || !('/Rect' in dict)) return null;
    return ANNOTATIONS[subtype] ?? null;
  }

  #link(dict: JsonDict): RemovedCode | null {
    const target = textOf(resolved(this.#graph, dict['/URI'])) ?? '';
    if (UNC.test(target) || !HARMLESS_LINK.test(target)) return 'DANGEROUS_LINK';
    return this.#options.everything ? 'LINK' : null;
  }

  /** Why one entry of a dictionary has to go. */
  #entry(key: string, value: Json, isStreamDict: boolean): RemovedCode | null {
    const found = resolved(this.#graph, value);
    if (found === null) return null;
    const fixed = ENTRIES[key];
    if (fixed !== undefined) return fixed;
    if (isStreamDict && EXTERNAL_ENTRIES.includes(key)) return 'EXTERNAL_CONTENT';
    if (this.#options.everything && METADATA_ENTRIES.includes(key)) return 'METADATA';
    switch (key) {
      case '/JS':
        return textOf(found) !== null || this.#isScript(value, found) ? 'JAVASCRIPT' : null;
      case '/OpenAction':
        return isDict(found) && !isMove(this.#name(found['/S'])) ? 'OPEN_ACTION' : null;
      case '/AA':
        return isDict(found) && !('/Type' in found) && !isStream(this.#graph, value)
          ? 'ADDITIONAL_ACTIONS'
          : null;
      case '/Ref':
        return isDict(found) && '/F' in found ? 'EXTERNAL_CONTENT' : null;
      default:
        return null;
    }
  }

  /** A stream under /JS, unless it is a picture or a form that happens to be called so. */
  #isScript(value: Json, found: Json): boolean {
    return (
      isReference(value) && isStream(this.#graph, value) && isDict(found) && !('/Subtype' in found)
    );
  }

  #name(value: Json | undefined): string | null {
    const found = resolved(this.#graph, value);
    return typeof found === 'string' && found.startsWith('/') ? found : null;
  }

  #note(code: RemovedCode): void {
    this.removed.set(code, (this.removed.get(code) ?? 0) + 1);
  }
}

/** Going to a page of the same document when it opens is what most programs write. */
function isMove(action: string | null): boolean {
  return action === '/GoTo' || action === '/Named';
}
